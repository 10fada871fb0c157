-- What the screens read, with one index for each question that would otherwise read every customer or every event.
-- Every index costs ingestion, so each is as small as its question: partial wherever most rows have no part in it.
-- Measured on a simulated firm of 3,000 named customers in segments and 75,000 events (2026-11-22): updating a row
-- of relationships 24 us with the five new indexes, 20 us without; inserting an event 4.9 us with events_counted and
-- events_due, 4.7 us without.

-- Lists run through an index in their order, both columns the same way, so that a page is one range of it. The
-- count of events rides along: with it the totals of the status line come from this index alone. Every save moves
-- last_at and so writes this index anyway.
drop index relationships_recent;
create index relationships_recent on relationships (last_at, customer) include (event_count) where root is null;
drop index relationships_at_stake;
create index relationships_at_stake on relationships (at_stake_minor, customer)
  where root is null and at_stake_minor > 0;

-- The list by name; firms that tell no names pay nothing.
create index relationships_name on relationships (name, customer) where root is null and name is not null;

-- One segment, and which segments there are; firms without segments pay nothing.
create index relationships_segment on relationships (segment, customer) where root is null and segment is not null;

-- The filters of the list. Without them a filter that matches nobody reads everybody to find that out.
create index relationships_let_down on relationships (customer) where root is null and open_failures > 0;
create index relationships_double_deviation on relationships (customer) where root is null and double_deviation;
create index relationships_left on relationships (left_at, customer) where root is null and left_at is not null;

-- What the overview counts, by type and week: let-downs, recoveries that failed, and what settles a promise.
drop index events_let_down;
create index events_counted on events (type, at)
  where type in ('failure.occurred', 'failure.fixed', 'failure.reopened',
                 'promise.kept', 'promise.broken', 'promise.exceeded')
     or (type = 'failure.confirmed' and data ->> 'satisfied' = 'false')
     or (type = 'failure.closed' and data ->> 'fixed' = 'false');

-- What falls due in a period. The text of RFC 3339 sorts by time to within the offset of a time zone; whoever reads
-- a range takes a day more at each end and compares instants then.
create index events_due on events ((coalesce(data ->> 'due', data ->> 'promisedFixBy')))
  where type in ('promise.made', 'failure.occurred') and coalesce(data ->> 'due', data ->> 'promisedFixBy') is not null;
