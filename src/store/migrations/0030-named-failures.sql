-- A failure may name the promise that was broken. It was keyed by that promise, and its fix was never found.
alter table events drop column about_key;

alter table events
  -- The failure or the promise that it is about; of a retraction, the event.
  add column about_key bigint generated always as (
    case when type in ('promise.made', 'promise.kept', 'promise.exceeded', 'promise.broken')
      then hashtextextended(data ->> 'promise', 0)
      when type in ('failure.occurred', 'failure.reopened', 'failure.confirmed', 'failure.closed', 'failure.fixed')
      then hashtextextended(data ->> 'failure', 0)
      when type = 'event.retracted'
      then hashtextextended(coalesce(data ->> 'source', source) || ' ' || (data ->> 'id'), 0) end) stored;

-- The indexes went with the column.
create index events_counted on events (counted_as, at)
  include (customer, own_key, about_key, category, detected_by, told_at)
  where counted_as in ('let-down', 'own fault', 'failed recovery', 'fixed', 'kept', 'exceeded', 'broken');

create index events_due on events (told_at) include (customer, counted_as, own_key, about_key, at)
  where counted_as in ('promise', 'let-down', 'own fault') and told_at is not null;

-- With what tells whether a retraction was itself taken back later.
create index events_retracted on events (customer, about_key) include (at, id, source) where type = 'event.retracted';
