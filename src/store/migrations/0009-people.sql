-- People get a name of their own that is no personal data: what they did is kept under it when they are gone.
alter table people add column id uuid not null default gen_random_uuid();
alter table people drop constraint people_pkey;
alter table people add primary key (id);
create unique index people_email on people (email);
-- Empty until the invited person has chosen one.
alter table people alter column password_hash drop not null;
alter table people add column deactivated_at timestamptz(3);

alter table sessions add column person uuid;
update sessions set person = (select id from people where people.email = sessions.email);
delete from sessions where person is null;
alter table sessions alter column person set not null;
alter table sessions drop column email;
alter table sessions add column browser text not null default '';
create index sessions_person on sessions (person);

create table teams (
  id uuid primary key,
  name text not null unique,
  created_at timestamptz(3) not null default now()
);
create table team_members (
  team uuid not null,
  person uuid not null,
  primary key (team, person)
);
create index team_members_person on team_members (person);

-- Links that work once: to join, or to choose a new password. One for each person; the secret only as its hash.
create table invitations (
  person uuid primary key,
  token_hash bytea not null unique,
  created_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null
);

-- What people, keys, and the system itself changed: each entry carries the hash of all before it. The one row of the
-- head is locked by whoever appends, so that the chain cannot fork.
create table audit_entries (
  position bigint primary key,
  at timestamptz(3) not null,
  actor text not null,
  action text not null,
  subject_kind text not null,
  subject text not null,
  details text not null,
  hash bytea not null
);
create index audit_entries_subject on audit_entries (subject_kind, subject, position);
create index audit_entries_actor on audit_entries (actor, position);
create table audit_head (
  one boolean primary key check (one),
  position bigint not null,
  hash bytea not null
);
insert into audit_head (one, position, hash) values (true, 0, decode(repeat('00', 32), 'hex'));
