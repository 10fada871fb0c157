-- Occasions whose time has not come yet wait in the same row that later says what came of them: somebody is asked about
-- a thing once, and whoever holds the row asks. What is asked by a rule is about something: an order, a contact.
alter table survey_occasions
  add column about text collate "C",
  add column wake_at timestamptz(3);
alter table survey_occasions drop constraint survey_occasions_outcome_check;
alter table survey_occasions add constraint survey_occasions_outcome_check
  check (outcome in ('waiting', 'asked', 'never-asked', 'refused'));
create index survey_occasions_wake on survey_occasions (wake_at) where outcome = 'waiting';
