-- Which limits an asked amount would pass, and in which words it was refused or agreed to.
alter table case_approvals add column passed json not null default '[]';
alter table case_approvals add column answer text;
create index case_approvals_answered on case_approvals (answered_at) where answered_at is not null;
