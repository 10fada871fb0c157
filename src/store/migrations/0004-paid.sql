-- What was given to put things right, by type and time: the overview adds it up for a period, and without this it would
-- read every event of that period. Few events are of these types, so ingestion pays next to nothing.
create index events_given on events (type, at)
  where type in ('failure.compensated', 'gesture.made', 'reward.granted');
