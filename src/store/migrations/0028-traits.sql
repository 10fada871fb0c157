-- What groups of customers are compared by, and why that is lawful; one row for each time that a trait was turned on. The
-- rows stand on the coordinator, and stay when it is turned off.
create table traits (
  id uuid primary key,
  trait text not null,
  name text,
  groups text[] not null,
  basis text not null,
  reason text not null,
  on_at timestamptz(3) not null,
  on_by text not null,
  off_at timestamptz(3),
  off_by text
);
create unique index traits_on on traits (trait) where off_at is null;

-- The group of a customer, for that comparison alone: read by nothing that decides, foretells, lists or sends.
create table customer_traits (
  customer text collate "C" not null,
  trait text not null,
  part text not null,
  primary key (customer, trait)
);
