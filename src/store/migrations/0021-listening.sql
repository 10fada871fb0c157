-- What customers are asked and what they answer, as columns of their own, so that its figures are read from an index
-- alone (as in 0003): the kind, the answer as a share of its scale, the survey, and the event itself as a retraction
-- names it. The keys are hashes that are compared within one customer only.
alter table events
  add column voice_kind text collate "C" generated always as (
    case when type in ('survey.invited', 'survey.answered') then left(data ->> 'kind', 20) end) stored,
  add column voice_share double precision generated always as (
    case when type = 'survey.answered' then
      ((data ->> 'score')::double precision
        - coalesce((data ->> 'min')::double precision, case data ->> 'kind' when 'nps' then 0 else 1 end))
      / nullif(
          coalesce((data ->> 'max')::double precision,
                   case data ->> 'kind' when 'nps' then 10 when 'friendliness' then 10
                                        when 'ces' then 7 when 'attachment' then 7 else 5 end)
          - coalesce((data ->> 'min')::double precision, case data ->> 'kind' when 'nps' then 0 else 1 end), 0)
    end) stored,
  add column voice_key bigint generated always as (
    case when type in ('survey.invited', 'survey.answered') then hashtextextended(data ->> 'survey', 0) end) stored,
  add column voice_own bigint generated always as (
    case when type in ('survey.invited', 'survey.answered')
      then hashtextextended(source || ' ' || id, 0) end) stored;
create index events_voice on events (type, at) include (customer, voice_kind, voice_share, voice_key, voice_own)
  where type in ('survey.invited', 'survey.answered');

-- Who spoke of something that went wrong: read beside each let-down, to see whether people still complain.
create index events_complained on events (customer, at)
  where type in ('dispute.opened', 'post.published')
     or (type = 'contact.opened' and coalesce(data ->> 'direction', 'in') = 'in');

-- Occasions on which the firm's rules would ask somebody, and what came of each: asked, left out by lot (never asked),
-- or refused by a rule of the contact policy. The lot is kept with its probability, so that who was asked can be
-- compared with who would have been.
create table survey_occasions (
  customer text collate "C" not null,
  occasion text collate "C" not null,
  rule text not null,
  kind text not null,
  at timestamptz(3) not null,
  outcome text not null check (outcome in ('asked', 'never-asked', 'refused')),
  because text,
  probability real not null check (probability >= 0 and probability <= 1),
  survey text,
  primary key (customer, occasion)
);
create index survey_occasions_at on survey_occasions (at) include (customer, outcome);
