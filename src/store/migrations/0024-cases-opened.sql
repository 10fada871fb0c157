-- Figures of teams are of cases that opened in some weeks.
create index cases_opened on cases (opened_at);
