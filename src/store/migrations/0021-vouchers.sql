-- What moved a voucher last and how it stood before: so long as somebody may take it back. A movement that is taken
-- back stays in the ledger; the one against it names it, so that the roll-forward counts both.
alter table vouchers add column last json;
alter table voucher_transfers add column undoes text collate "C";
