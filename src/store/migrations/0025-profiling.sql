-- Of who refuses to be profiled nothing is foretold, so nothing is known to be at stake in their cases.
alter table cases alter column stake_minor drop not null;
