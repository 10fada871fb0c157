-- Models of several kinds, each with its own versions, the report of its fit, and at most one version that is live.
alter table models
  add kind text not null default 'leave',
  add report jsonb;
alter table models alter kind drop default;
alter table models drop constraint models_pkey;
alter table models add primary key (kind, version);
create unique index models_live on models (kind) where live;

-- Why a version is live, or not, is a word of core/learning/fit-report.ts from now on.
update models set reason = case when reason = 'own leave rate' then 'nothing-to-compare' else 'too-few' end;
