-- The schema that the migrations build, as the catalogue of PostgreSQL tells it. Written by
-- "node scripts/write-golden-schema.ts" and compared by a test: read it, and change a migration instead.

create table api_keys (
  prefix text not null,
  secret_hash bytea not null,
  name text not null,
  scopes text[] not null,
  created_at timestamp(3) with time zone not null default now(),
  last_used_at timestamp(3) with time zone,
  revoked_at timestamp(3) with time zone,
  constraint api_keys_pkey PRIMARY KEY (prefix)
);

create table audit_entries (
  "position" bigint not null,
  at timestamp(3) with time zone not null,
  actor text not null,
  action text not null,
  subject_kind text not null,
  subject text not null,
  details text not null,
  hash bytea not null,
  constraint audit_entries_pkey PRIMARY KEY ("position")
);
CREATE INDEX audit_entries_actor ON audit_entries USING btree (actor, "position");
CREATE INDEX audit_entries_subject ON audit_entries USING btree (subject_kind, subject, "position");

create table audit_head (
  one boolean not null,
  "position" bigint not null,
  hash bytea not null,
  constraint audit_head_one_check CHECK (one),
  constraint audit_head_pkey PRIMARY KEY (one)
);

create table bounced_addresses (
  customer text collate "C" not null,
  address text collate "C" not null,
  reason text not null,
  bounced_at timestamp(3) with time zone not null default now(),
  constraint bounced_addresses_pkey PRIMARY KEY (customer, address)
);
CREATE INDEX bounced_addresses_address ON bounced_addresses USING btree (address);

create table case_approvals (
  customer text collate "C" not null,
  case_id text collate "C" not null,
  id uuid not null,
  asked_by text not null,
  role text not null,
  team text not null,
  remedy json not null,
  reason text,
  asked_at timestamp(3) with time zone not null,
  state text not null,
  answered_by text,
  answered_at timestamp(3) with time zone,
  passed json not null default '[]'::json,
  answer text,
  constraint case_approvals_pkey PRIMARY KEY (customer, case_id, id)
);
CREATE INDEX case_approvals_answered ON case_approvals USING btree (answered_at) WHERE (answered_at IS NOT NULL);
CREATE INDEX case_approvals_asked ON case_approvals USING btree (asked_at) WHERE (state = 'asked'::text);

create table case_entries (
  customer text collate "C" not null,
  case_id text collate "C" not null,
  "position" integer not null,
  at timestamp(3) with time zone not null,
  actor text not null,
  kind text not null,
  entry json not null,
  constraint case_entries_pkey PRIMARY KEY (customer, case_id, "position")
);

create table case_gifts (
  customer text collate "C" not null,
  case_id text collate "C" not null,
  round integer not null,
  person text not null,
  team text not null,
  amount_minor bigint not null,
  at timestamp(3) with time zone not null,
  constraint case_gifts_pkey PRIMARY KEY (customer, case_id, round)
);
CREATE INDEX case_gifts_person ON case_gifts USING btree (person, at);
CREATE INDEX case_gifts_team ON case_gifts USING btree (team, at);

create table case_letters (
  customer text collate "C" not null,
  case_id text collate "C" not null,
  id uuid not null,
  pack text not null,
  letter text not null,
  language text not null,
  made_at timestamp(3) with time zone not null,
  made_by text not null,
  pdf bytea not null,
  gone_sha256 text,
  constraint case_letters_pkey PRIMARY KEY (customer, case_id, id)
);

create table case_notes (
  customer text collate "C" not null,
  case_id text collate "C" not null,
  id uuid not null,
  at timestamp(3) with time zone not null,
  author text not null,
  body text not null,
  constraint case_notes_pkey PRIMARY KEY (customer, case_id, id)
);

create table case_offers (
  customer text collate "C" not null,
  case_id text collate "C" not null,
  id uuid not null,
  round integer not null,
  offered_by text not null,
  team text not null,
  offered_at timestamp(3) with time zone not null,
  until timestamp(3) with time zone not null,
  choices json not null,
  always json,
  state text not null,
  chosen integer,
  answered_at timestamp(3) with time zone,
  constraint case_offers_pkey PRIMARY KEY (customer, case_id, id)
);

create table cases (
  customer text collate "C" not null,
  id text collate "C" not null,
  failure text collate "C" not null,
  revision integer not null,
  state json not null,
  is_open boolean not null,
  closed_at timestamp(3) with time zone,
  opened_at timestamp(3) with time zone not null,
  severity text not null,
  category text,
  loss_minor bigint,
  given_minor bigint not null,
  floor smallint not null,
  rank double precision not null,
  due_at timestamp(3) with time zone,
  next_step text,
  stake_minor bigint,
  work_minutes integer not null,
  assignee text,
  team text,
  incident uuid,
  wake_at timestamp(3) with time zone,
  changed_at timestamp(3) with time zone not null,
  about text,
  words_gone_at timestamp(3) with time zone,
  constraint cases_pkey PRIMARY KEY (customer, id),
  constraint cases_customer_failure_key UNIQUE (customer, failure)
);
CREATE INDEX cases_assignee ON cases USING btree (assignee, floor, rank, opened_at, id) WHERE is_open;
CREATE INDEX cases_changed ON cases USING btree (changed_at);
CREATE INDEX cases_closed ON cases USING btree (category, closed_at DESC) WHERE (closed_at IS NOT NULL);
CREATE INDEX cases_done ON cases USING btree (closed_at) WHERE (closed_at IS NOT NULL);
CREATE INDEX cases_id ON cases USING btree (id);
CREATE INDEX cases_incident ON cases USING btree (incident, customer, id) WHERE (incident IS NOT NULL);
CREATE INDEX cases_opened ON cases USING btree (opened_at);
CREATE INDEX cases_queue ON cases USING btree (floor, rank, opened_at, id) WHERE is_open;
CREATE INDEX cases_team ON cases USING btree (team, floor, rank, opened_at, id) WHERE is_open;
CREATE INDEX cases_wake ON cases USING btree (wake_at) WHERE (wake_at IS NOT NULL);

create table check_results (
  name text not null,
  at timestamp(3) with time zone not null,
  as_of timestamp(3) with time zone not null,
  state text not null,
  since timestamp(3) with time zone not null,
  finding json not null,
  constraint check_results_pkey PRIMARY KEY (name, at)
);

create table contact_slots (
  customer text collate "C" not null,
  slots jsonb not null,
  constraint contact_slots_pkey PRIMARY KEY (customer)
);

create table customer_traits (
  customer text collate "C" not null,
  trait text not null,
  part text not null,
  constraint customer_traits_pkey PRIMARY KEY (customer, trait)
);

create table data_packs (
  customer text collate "C" not null,
  id text collate "C" not null,
  made_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone not null,
  content bytea not null,
  constraint data_packs_pkey PRIMARY KEY (customer, id)
);
CREATE INDEX data_packs_expiry ON data_packs USING btree (expires_at);

create table data_requests (
  customer text collate "C" not null,
  id text collate "C" not null,
  kind text not null,
  language text not null,
  email text,
  words text,
  asked_at timestamp(3) with time zone not null,
  confirmed_at timestamp(3) with time zone,
  due_at timestamp(3) with time zone not null,
  extended_at timestamp(3) with time zone,
  decided_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  outcome text,
  constraint data_requests_pkey PRIMARY KEY (customer, id)
);
CREATE INDEX data_requests_id ON data_requests USING btree (id);
CREATE INDEX data_requests_recent ON data_requests USING btree (asked_at, customer, id);

create table events (
  customer text collate "C" not null,
  source text collate "C" not null,
  id text collate "C" not null,
  type text not null,
  at timestamp(3) with time zone not null,
  received_at timestamp(3) with time zone not null default now(),
  data jsonb not null,
  counted_as text collate "C" generated always as (
CASE type
    WHEN 'failure.occurred'::text THEN
    CASE
        WHEN ((data ->> 'atFault'::text) = 'customer'::text) THEN 'own fault'::text
        ELSE 'let-down'::text
    END
    WHEN 'failure.reopened'::text THEN 'failed recovery'::text
    WHEN 'failure.confirmed'::text THEN
    CASE
        WHEN ((data ->> 'satisfied'::text) = 'false'::text) THEN 'failed recovery'::text
        ELSE NULL::text
    END
    WHEN 'failure.closed'::text THEN
    CASE
        WHEN ((data ->> 'fixed'::text) = 'false'::text) THEN 'failed recovery'::text
        ELSE NULL::text
    END
    WHEN 'failure.fixed'::text THEN 'fixed'::text
    WHEN 'promise.made'::text THEN 'promise'::text
    WHEN 'promise.kept'::text THEN 'kept'::text
    WHEN 'promise.exceeded'::text THEN 'exceeded'::text
    WHEN 'promise.broken'::text THEN 'broken'::text
    WHEN 'event.retracted'::text THEN 'retraction'::text
    ELSE NULL::text
END) stored,
  own_key bigint generated always as (
CASE
    WHEN (type = ANY (ARRAY['failure.occurred'::text, 'failure.reopened'::text, 'failure.confirmed'::text, 'failure.closed'::text, 'failure.fixed'::text, 'promise.made'::text, 'promise.kept'::text, 'promise.exceeded'::text, 'promise.broken'::text])) THEN hashtextextended(((source || ' '::text) || id), (0)::bigint)
    ELSE NULL::bigint
END) stored,
  category text collate "C" generated always as (
CASE type
    WHEN 'failure.occurred'::text THEN "left"((data ->> 'category'::text), 100)
    ELSE NULL::text
END) stored,
  detected_by text collate "C" generated always as (
CASE type
    WHEN 'failure.occurred'::text THEN (data ->> 'detectedBy'::text)
    ELSE NULL::text
END) stored,
  told_at text collate "C" generated always as (
CASE type
    WHEN 'promise.made'::text THEN "left"((data ->> 'due'::text), 40)
    WHEN 'failure.occurred'::text THEN "left"((data ->> 'promisedFixBy'::text), 40)
    WHEN 'promise.kept'::text THEN "left"((data ->> 'at'::text), 40)
    ELSE NULL::text
END) stored,
  voice_kind text collate "C" generated always as (
CASE
    WHEN (type = ANY (ARRAY['survey.invited'::text, 'survey.answered'::text])) THEN "left"((data ->> 'kind'::text), 20)
    ELSE NULL::text
END) stored,
  voice_share double precision generated always as (
CASE
    WHEN (type = 'survey.answered'::text) THEN ((((data ->> 'score'::text))::double precision - COALESCE(((data ->> 'min'::text))::double precision, (
    CASE (data ->> 'kind'::text)
        WHEN 'nps'::text THEN 0
        ELSE 1
    END)::double precision)) / NULLIF((COALESCE(((data ->> 'max'::text))::double precision, (
    CASE (data ->> 'kind'::text)
        WHEN 'nps'::text THEN 10
        WHEN 'friendliness'::text THEN 10
        WHEN 'ces'::text THEN 7
        WHEN 'attachment'::text THEN 7
        ELSE 5
    END)::double precision) - COALESCE(((data ->> 'min'::text))::double precision, (
    CASE (data ->> 'kind'::text)
        WHEN 'nps'::text THEN 0
        ELSE 1
    END)::double precision)), (0)::double precision))
    ELSE NULL::double precision
END) stored,
  voice_key bigint generated always as (
CASE
    WHEN (type = ANY (ARRAY['survey.invited'::text, 'survey.answered'::text])) THEN hashtextextended((data ->> 'survey'::text), (0)::bigint)
    ELSE NULL::bigint
END) stored,
  voice_own bigint generated always as (
CASE
    WHEN (type = ANY (ARRAY['survey.invited'::text, 'survey.answered'::text])) THEN hashtextextended(((source || ' '::text) || id), (0)::bigint)
    ELSE NULL::bigint
END) stored,
  about_key bigint generated always as (
CASE
    WHEN (type = ANY (ARRAY['promise.made'::text, 'promise.kept'::text, 'promise.exceeded'::text, 'promise.broken'::text])) THEN hashtextextended((data ->> 'promise'::text), (0)::bigint)
    WHEN (type = ANY (ARRAY['failure.occurred'::text, 'failure.reopened'::text, 'failure.confirmed'::text, 'failure.closed'::text, 'failure.fixed'::text])) THEN hashtextextended((data ->> 'failure'::text), (0)::bigint)
    WHEN (type = 'event.retracted'::text) THEN hashtextextended(((COALESCE((data ->> 'source'::text), source) || ' '::text) || (data ->> 'id'::text)), (0)::bigint)
    ELSE NULL::bigint
END) stored,
  constraint events_pkey PRIMARY KEY (customer, source, id)
);
CREATE INDEX events_complained ON events USING btree (customer, at) WHERE ((type = ANY (ARRAY['dispute.opened'::text, 'post.published'::text])) OR ((type = 'contact.opened'::text) AND (COALESCE((data ->> 'direction'::text), 'in'::text) = 'in'::text)));
CREATE INDEX events_counted ON events USING btree (counted_as, at) INCLUDE (customer, own_key, about_key, category, detected_by, told_at) WHERE (counted_as = ANY (ARRAY['let-down'::text, 'own fault'::text, 'failed recovery'::text, 'fixed'::text, 'kept'::text, 'exceeded'::text, 'broken'::text]));
CREATE INDEX events_due ON events USING btree (told_at) INCLUDE (customer, counted_as, own_key, about_key, at) WHERE ((counted_as = ANY (ARRAY['promise'::text, 'let-down'::text, 'own fault'::text])) AND (told_at IS NOT NULL));
CREATE INDEX events_given ON events USING btree (type, at) WHERE (type = ANY (ARRAY['failure.compensated'::text, 'gesture.made'::text, 'reward.granted'::text]));
CREATE INDEX events_moments ON events USING btree (customer) WHERE (type = 'moment.told'::text);
CREATE INDEX events_offers ON events USING btree (at, customer) WHERE (type = 'offer.sent'::text);
CREATE INDEX events_retracted ON events USING btree (customer, about_key) INCLUDE (at, id, source) WHERE (type = 'event.retracted'::text);
CREATE INDEX events_voice ON events USING btree (type, at) INCLUDE (customer, voice_kind, voice_share, voice_key, voice_own) WHERE (type = ANY (ARRAY['survey.invited'::text, 'survey.answered'::text]));
CREATE INDEX events_vouchers ON events USING btree (customer) WHERE (type = 'voucher.issued'::text);

create table exits (
  customer text collate "C" not null,
  id text collate "C" not null,
  told_as text collate "C" not null,
  kind text not null,
  channel text not null,
  language text not null,
  reference text not null,
  name text,
  email text,
  reason text,
  wished_on text,
  requested_at timestamp(3) with time zone not null,
  confirmed_at timestamp(3) with time zone,
  ends_at timestamp(3) with time zone,
  end_rule text,
  settled_at timestamp(3) with time zone,
  settlement jsonb,
  handed_over_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  withdraw_until timestamp(3) with time zone,
  wished_vouchers text,
  wished_at timestamp(3) with time zone,
  referred_at timestamp(3) with time zone,
  constraint exits_pkey PRIMARY KEY (customer, id)
);
CREATE INDEX exits_id ON exits USING btree (id);
CREATE INDEX exits_recent ON exits USING btree (requested_at, customer, id);

create table forecasts (
  name text not null,
  as_of timestamp(3) with time zone not null,
  made_at timestamp(3) with time zone not null,
  body json not null,
  constraint forecasts_pkey PRIMARY KEY (name)
);

create table gestures (
  customer text collate "C" not null,
  id uuid not null,
  occasion text collate "C",
  rule text not null,
  gesture text not null,
  state text not null,
  at timestamp(3) with time zone not null,
  wake_at timestamp(3) with time zone,
  because text,
  probability double precision not null default 0,
  cost_minor bigint not null default 0,
  currency text,
  team text,
  by text,
  reason text,
  about text,
  voucher text,
  done_at timestamp(3) with time zone,
  constraint gestures_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'refused'::text, 'held-out'::text, 'to-do'::text, 'made'::text, 'not-done'::text]))),
  constraint gestures_pkey PRIMARY KEY (customer, id),
  constraint gestures_customer_occasion_key UNIQUE (customer, occasion)
);
CREATE INDEX gestures_recent ON gestures USING btree (at, customer, id) WHERE (state <> 'waiting'::text);
CREATE INDEX gestures_to_do ON gestures USING btree (at, customer, id) WHERE (state = 'to-do'::text);
CREATE INDEX gestures_wake ON gestures USING btree (wake_at) WHERE (state = 'waiting'::text);

create table ideas (
  customer text collate "C" not null,
  id uuid not null,
  source text collate "C" not null,
  event text collate "C" not null,
  at timestamp(3) with time zone not null,
  round uuid,
  state text not null,
  answer text,
  changed_at timestamp(3) with time zone not null,
  told_at timestamp(3) with time zone,
  constraint ideas_pkey PRIMARY KEY (customer, id),
  constraint ideas_customer_source_event_key UNIQUE (customer, source, event)
);
CREATE INDEX ideas_recent ON ideas USING btree (at, customer, id);

create table idempotency_keys (
  owner text not null,
  key text not null,
  body_hash bytea not null,
  status integer,
  response text,
  created_at timestamp(3) with time zone not null default now(),
  constraint idempotency_keys_pkey PRIMARY KEY (owner, key)
);

create table incident_items (
  customer text collate "C" not null,
  step uuid not null,
  case_id text collate "C" not null,
  about_order text,
  state text not null,
  reason text,
  made_case text collate "C",
  entry text,
  constraint incident_items_pkey PRIMARY KEY (customer, step, case_id)
);
CREATE INDEX incident_items_step ON incident_items USING btree (step, state, customer, case_id);

create table incident_steps (
  id uuid not null,
  incident uuid not null,
  kind text not null,
  wish json not null,
  asked_by json not null,
  asked_at timestamp(3) with time zone not null,
  state text not null,
  undoes uuid,
  answered_by text,
  total_minor bigint not null,
  constraint incident_steps_pkey PRIMARY KEY (id)
);
CREATE INDEX incident_steps_incident ON incident_steps USING btree (incident, asked_at);

create table incidents (
  id uuid not null,
  title text not null,
  category text not null,
  severity text not null,
  at_fault text not null,
  began_at timestamp(3) with time zone not null,
  ended_at timestamp(3) with time zone,
  known text not null,
  root_cause text,
  team text,
  opened_at timestamp(3) with time zone not null,
  revision integer not null,
  constraint incidents_pkey PRIMARY KEY (id)
);
CREATE INDEX incidents_opened ON incidents USING btree (opened_at, id);

create table input_members (
  customer text collate "C" not null,
  round uuid not null,
  part text not null,
  state text not null,
  invited_at timestamp(3) with time zone not null,
  changed_at timestamp(3) with time zone not null,
  constraint input_members_pkey PRIMARY KEY (customer, round)
);
CREATE INDEX input_members_round ON input_members USING btree (round, part, state);

create table input_rounds (
  id uuid not null,
  kind text not null,
  title text not null,
  about text not null,
  segment text,
  quota json not null,
  state text not null,
  opened_by text not null,
  opened_at timestamp(3) with time zone not null,
  closed_at timestamp(3) with time zone,
  constraint input_rounds_state_check CHECK ((state = ANY (ARRAY['inviting'::text, 'open'::text, 'closed'::text]))),
  constraint input_rounds_pkey PRIMARY KEY (id)
);

create table invitations (
  person uuid not null,
  token_hash bytea not null,
  created_at timestamp(3) with time zone not null default now(),
  expires_at timestamp(3) with time zone not null,
  constraint invitations_pkey PRIMARY KEY (person),
  constraint invitations_token_hash_key UNIQUE (token_hash)
);

create table message_texts (
  kind text not null,
  language text not null,
  version integer not null,
  subject text not null,
  body text not null,
  created_at timestamp(3) with time zone not null default now(),
  constraint message_texts_pkey PRIMARY KEY (kind, language, version)
);

create table messages (
  customer text collate "C" not null,
  id uuid not null,
  dedupe text collate "C" not null,
  channel text not null,
  kind text not null,
  language text not null,
  text_version integer not null,
  recipient text,
  subject text not null,
  body text not null,
  html text not null,
  state text not null,
  attempts integer not null default 0,
  message_id text,
  problem text,
  created_at timestamp(3) with time zone not null default now(),
  claimed_at timestamp(3) with time zone,
  sent_at timestamp(3) with time zone,
  case_id text collate "C",
  letter uuid,
  secret json,
  constraint messages_pkey PRIMARY KEY (customer, id),
  constraint messages_customer_dedupe_key UNIQUE (customer, dedupe)
);
CREATE INDEX messages_case ON messages USING btree (customer, case_id, created_at) WHERE (case_id IS NOT NULL);
CREATE INDEX messages_message_id ON messages USING btree (message_id) WHERE (message_id IS NOT NULL);
CREATE INDEX messages_recent ON messages USING btree (created_at, customer, id);
CREATE INDEX messages_recipient ON messages USING btree (recipient) WHERE (recipient IS NOT NULL);
CREATE INDEX messages_state ON messages USING btree (state, created_at, customer, id) WHERE (state <> 'sent'::text);

create table migrations (
  name text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migrations_pkey PRIMARY KEY (name)
);

create table models (
  version integer not null,
  model jsonb not null,
  live boolean not null,
  reason text not null,
  data_to timestamp(3) with time zone,
  created_at timestamp(3) with time zone not null default now(),
  kind text not null,
  report jsonb,
  constraint models_pkey PRIMARY KEY (kind, version)
);
CREATE UNIQUE INDEX models_live ON models USING btree (kind) WHERE live;

create table people (
  email text not null,
  name text not null,
  role text not null,
  password_hash text,
  locale text,
  created_at timestamp(3) with time zone not null default now(),
  id uuid not null default gen_random_uuid(),
  deactivated_at timestamp(3) with time zone,
  constraint people_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX people_email ON people USING btree (email);

create table policies (
  kind text not null,
  version integer not null,
  body jsonb not null,
  note text not null,
  author text not null,
  live boolean not null,
  created_at timestamp(3) with time zone not null default now(),
  constraint policies_pkey PRIMARY KEY (kind, version)
);
CREATE UNIQUE INDEX policies_live ON policies USING btree (kind) WHERE live;

create table promise_alarms (
  customer text collate "C" not null,
  due_at timestamp(3) with time zone not null,
  wake_at timestamp(3) with time zone not null,
  constraint promise_alarms_pkey PRIMARY KEY (customer, due_at)
);
CREATE INDEX promise_alarms_wake ON promise_alarms USING btree (wake_at);

create table prose (
  customer text collate "C" not null,
  source text collate "C" not null,
  id text collate "C" not null,
  field text not null,
  body text not null,
  constraint prose_pkey PRIMARY KEY (customer, source, id, field)
);

create table relationships (
  customer text collate "C" not null,
  revision bigint not null,
  merged_into text collate "C",
  members text[] collate "C" not null default '{}'::text[],
  root text collate "C",
  event_count integer not null,
  first_at timestamp(3) with time zone,
  last_at timestamp(3) with time zone,
  name text,
  segment text,
  since timestamp(3) with time zone,
  goodwill double precision,
  stay real,
  stay_low real,
  stay_high real,
  value_minor bigint,
  at_stake_minor bigint,
  open_failures integer,
  double_deviation boolean,
  last_failure_at timestamp(3) with time zone,
  exit_requested_at timestamp(3) with time zone,
  left_at timestamp(3) with time zone,
  scored_at timestamp(3) with time zone,
  model_version integer,
  constraint relationships_pkey PRIMARY KEY (customer)
);
CREATE INDEX relationships_at_stake ON relationships USING btree (at_stake_minor, customer) WHERE ((root IS NULL) AND (at_stake_minor > 0));
CREATE INDEX relationships_double_deviation ON relationships USING btree (customer) WHERE ((root IS NULL) AND double_deviation);
CREATE INDEX relationships_left ON relationships USING btree (left_at, customer) WHERE ((root IS NULL) AND (left_at IS NOT NULL));
CREATE INDEX relationships_let_down ON relationships USING btree (customer) WHERE ((root IS NULL) AND (open_failures > 0));
CREATE INDEX relationships_name ON relationships USING btree (name, customer) WHERE ((root IS NULL) AND (name IS NOT NULL));
CREATE INDEX relationships_recent ON relationships USING btree (last_at, customer) INCLUDE (event_count) WHERE (root IS NULL);
CREATE INDEX relationships_segment ON relationships USING btree (segment, customer) WHERE ((root IS NULL) AND (segment IS NOT NULL));
CREATE INDEX relationships_stay ON relationships USING btree (stay, customer) WHERE (root IS NULL);

create table search_terms (
  customer text collate "C" not null,
  term text collate "C" not null,
  constraint search_terms_pkey PRIMARY KEY (customer, term)
);
CREATE INDEX search_terms_term ON search_terms USING btree (term, customer);

create table sessions (
  token_hash bytea not null,
  created_at timestamp(3) with time zone not null default now(),
  expires_at timestamp(3) with time zone not null,
  person uuid not null,
  browser text not null default ''::text,
  constraint sessions_pkey PRIMARY KEY (token_hash)
);
CREATE INDEX sessions_person ON sessions USING btree (person);

create table settings (
  name text not null,
  value jsonb not null,
  constraint settings_pkey PRIMARY KEY (name)
);

create table slices (
  task uuid not null,
  after text collate "C" not null,
  upto text collate "C" not null,
  customers integer not null,
  lease_until timestamp(3) with time zone,
  constraint slices_pkey PRIMARY KEY (task, after)
);
CREATE INDEX slices_held ON slices USING btree (task, lease_until) WHERE (lease_until IS NOT NULL);

create table states (
  customer text collate "C" not null,
  revision bigint not null,
  state json not null,
  constraint states_pkey PRIMARY KEY (customer)
);
alter table states alter state set storage external;
alter table states set (toast_tuple_target=8160);

create table survey_occasions (
  customer text collate "C" not null,
  occasion text collate "C" not null,
  rule text not null,
  kind text not null,
  at timestamp(3) with time zone not null,
  outcome text not null,
  because text,
  probability real not null,
  survey text,
  about text collate "C",
  wake_at timestamp(3) with time zone,
  constraint survey_occasions_outcome_check CHECK ((outcome = ANY (ARRAY['waiting'::text, 'asked'::text, 'never-asked'::text, 'refused'::text]))),
  constraint survey_occasions_probability_check CHECK (((probability >= (0)::double precision) AND (probability <= (1)::double precision))),
  constraint survey_occasions_pkey PRIMARY KEY (customer, occasion)
);
CREATE INDEX survey_occasions_at ON survey_occasions USING btree (at) INCLUDE (customer, outcome);
CREATE INDEX survey_occasions_wake ON survey_occasions USING btree (wake_at) WHERE (outcome = 'waiting'::text);

create table tasks (
  id uuid not null,
  kind text not null,
  title text not null,
  state text not null,
  input jsonb not null,
  checkpoint jsonb,
  progress jsonb not null default '{}'::jsonb,
  problem text,
  cancel_asked boolean not null default false,
  lease_until timestamp(3) with time zone,
  takes integer not null default 0,
  created_at timestamp(3) with time zone not null default now(),
  started_at timestamp(3) with time zone,
  ended_at timestamp(3) with time zone,
  constraint tasks_pkey PRIMARY KEY (id)
);

create table team_members (
  team uuid not null,
  person uuid not null,
  constraint team_members_pkey PRIMARY KEY (team, person)
);
CREATE INDEX team_members_person ON team_members USING btree (person);

create table teams (
  id uuid not null,
  name text not null,
  created_at timestamp(3) with time zone not null default now(),
  constraint teams_pkey PRIMARY KEY (id),
  constraint teams_name_key UNIQUE (name)
);

create table traits (
  id uuid not null,
  trait text not null,
  name text,
  groups text[] not null,
  basis text not null,
  reason text not null,
  on_at timestamp(3) with time zone not null,
  on_by text not null,
  off_at timestamp(3) with time zone,
  off_by text,
  constraint traits_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX traits_on ON traits USING btree (trait) WHERE (off_at IS NULL);

create table voucher_handles (
  handle text collate "C" not null,
  customer text collate "C" not null,
  voucher text collate "C" not null,
  constraint voucher_handles_pkey PRIMARY KEY (handle)
);

create table voucher_transfers (
  customer text collate "C" not null,
  voucher text collate "C" not null,
  movement text collate "C" not null,
  line smallint not null,
  kind text not null,
  debit text not null,
  credit text not null,
  minor bigint not null,
  origin text not null,
  currency text not null,
  at timestamp(3) with time zone not null,
  actor text not null,
  reference text,
  undoes text collate "C",
  constraint voucher_transfers_minor_check CHECK ((minor >= 0)),
  constraint voucher_transfers_pkey PRIMARY KEY (customer, voucher, movement, line)
);
CREATE INDEX voucher_transfers_by_time ON voucher_transfers USING btree (at, voucher, movement, line);

create table vouchers (
  customer text collate "C" not null,
  voucher text collate "C" not null,
  movement text collate "C" not null,
  code_hash bytea not null,
  code_tail text not null,
  origin text not null,
  currency text not null,
  value_minor bigint not null,
  free_minor bigint not null,
  used_minor bigint not null,
  holds jsonb not null,
  state text not null,
  issued_at timestamp(3) with time zone not null,
  expires_at timestamp(3) with time zone,
  reminded_at timestamp(3) with time zone,
  last json,
  constraint vouchers_check CHECK (((free_minor + used_minor) <= value_minor)),
  constraint vouchers_free_minor_check CHECK ((free_minor >= 0)),
  constraint vouchers_used_minor_check CHECK ((used_minor >= 0)),
  constraint vouchers_value_minor_check CHECK ((value_minor > 0)),
  constraint vouchers_pkey PRIMARY KEY (customer, voucher),
  constraint vouchers_customer_movement_key UNIQUE (customer, movement)
);
CREATE INDEX vouchers_by_issue ON vouchers USING btree (issued_at DESC, voucher DESC);
CREATE INDEX vouchers_due ON vouchers USING btree (expires_at) WHERE (state = 'open'::text);

create table webhook_deliveries (
  customer text collate "C" not null,
  id uuid not null,
  event uuid not null,
  endpoint uuid not null,
  type text not null,
  body text not null,
  state text not null,
  attempts integer not null default 0,
  status integer,
  problem text,
  created_at timestamp(3) with time zone not null default now(),
  tried_at timestamp(3) with time zone,
  next_at timestamp(3) with time zone,
  constraint webhook_deliveries_pkey PRIMARY KEY (customer, id)
);
CREATE INDEX webhook_deliveries_endpoint ON webhook_deliveries USING btree (endpoint, created_at, customer, id);

create table webhook_endpoints (
  id uuid not null,
  url text not null,
  events text[] not null,
  secret text not null,
  former_secret text,
  former_until timestamp(3) with time zone,
  state text not null,
  created_at timestamp(3) with time zone not null default now(),
  constraint webhook_endpoints_pkey PRIMARY KEY (id)
);
