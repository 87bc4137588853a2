create table meta (
  key text primary key not null,
  value text not null
) strict, without rowid;

create table experiments (
  id text primary key not null,
  name text not null,
  notes text not null,
  created_at real not null
) strict;
create index experiments_by_name on experiments (name);

create table runs (
  id text primary key not null,
  experiment_id text not null references experiments (id),
  name text not null,
  status text not null,
  started_at real not null,
  ended_at real,
  group_name text,
  job_type text,
  parent_run_id text,
  forked_at_step integer,
  notes text not null,
  color text,
  environment text not null,
  summary text not null default '{}',
  removed_at real
) strict;
create index runs_by_experiment on runs (experiment_id, started_at);
create index runs_running on runs (status) where status = 'running';

create table params (
  run_id text not null,
  key text not null,
  value text not null,
  primary key (run_id, key)
) strict, without rowid;

create table tags (
  run_id text not null,
  key text not null,
  value text not null,
  primary key (run_id, key)
) strict, without rowid;

create table refusals (
  run_id text not null,
  key text not null,
  reason text not null,
  count integer not null,
  example text not null,
  primary key (run_id, key, reason)
) strict, without rowid;

-- id is local to this file: the same series has another id in another file.
create table series (
  id integer primary key not null,
  run_id text not null,
  key text not null,
  count integer not null,
  first_step integer not null,
  last_step integer not null,
  min_step integer not null,
  max_step integer not null,
  first_time real not null,
  last_time real not null,
  min_time real not null,
  max_time real not null,
  first real,
  last real,
  min real,
  max real,
  mean real,
  nan_count integer not null,
  pos_inf_count integer not null,
  neg_inf_count integer not null,
  unique (run_id, key)
) strict;

create table clients (
  id text primary key not null,
  sequence integer not null,
  seen_at real not null
) strict, without rowid;

-- Points that are in no full chunk yet, one row a commit. See README, "Points".
create table pending (
  id integer primary key not null,
  sections blob not null,
  points blob not null
) strict;

create table chunks (
  id integer primary key not null,
  series_id integer not null,
  ordinal integer not null,
  count integer not null,
  sealed integer not null,
  stats blob not null,
  unique (series_id, ordinal)
) strict;

create table chunk_blocks (
  id integer primary key not null,
  stats blob not null
) strict;

create table chunk_columns (
  id integer primary key not null,
  steps blob not null,
  times blob not null,
  point_values blob not null
) strict;
