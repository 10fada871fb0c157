-- What the checks found, each run kept: a fact about the firm, of no customer.
create table check_results (
  name text not null,
  at timestamptz(3) not null,
  as_of timestamptz(3) not null,
  state text not null,
  -- Since when it has come out so.
  since timestamptz(3) not null,
  finding json not null,
  primary key (name, at)
);
