-- The public schema, version 7: what every exported .db holds. Plain SQLite; README.md tells what each column means.
create table experiments (
  id text primary key not null,
  name text not null,
  notes text not null,
  created_at real not null
) strict;

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
  summary text not null,
  archived_at real
) strict;

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

create table events (
  run_id text not null,
  time real not null,
  kind text not null,
  text text not null,
  until real,
  step integer,
  primary key (run_id, time, kind, text)
) strict, without rowid;

create table views (
  experiment_id text not null,
  name text not null,
  view text not null,
  primary key (experiment_id, name)
) strict, without rowid;

create table directions (
  experiment_id text not null,
  key text not null,
  direction text not null,
  primary key (experiment_id, key)
) strict, without rowid;

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

create table points (
  series_id integer not null,
  step integer not null,
  value real,
  time real not null
) strict;

create table arrays (
  id integer primary key not null,
  run_id text not null,
  key text not null,
  step integer not null,
  time real not null,
  dtype text not null,
  shape text not null,
  bytes integer not null,
  data blob,
  blob_id integer,
  upload text,
  kind text,
  meta text
) strict;
create index arrays_by_key on arrays (run_id, key);
create unique index arrays_by_upload on arrays (upload) where upload is not null;

create table blobs (
  id integer primary key not null,
  bytes integer not null,
  digest text
) strict;
create unique index blobs_by_digest on blobs (digest) where digest is not null;

create table blob_parts (
  id integer primary key not null,
  part blob not null
) strict;

create table artifacts (
  id text primary key not null,
  experiment_id text not null,
  run_id text not null,
  name text not null,
  version integer not null,
  type text not null,
  step integer,
  created_at real not null,
  metadata text not null,
  bytes integer not null,
  digest text not null,
  erased_at real
) strict;

create table artifact_files (
  artifact_id text not null,
  path text not null,
  mime text not null,
  bytes integer not null,
  digest text not null,
  blob_id integer,
  primary key (artifact_id, path)
) strict, without rowid;

create table artifact_aliases (
  experiment_id text not null,
  name text not null,
  alias text not null,
  artifact_id text not null,
  primary key (experiment_id, name, alias)
) strict, without rowid;

create table artifact_uses (
  artifact_id text not null,
  run_id text not null,
  used_at real not null,
  primary key (artifact_id, run_id)
) strict, without rowid;

create table artifact_policies (
  experiment_id text not null,
  name text not null,
  keep integer not null,
  primary key (experiment_id, name)
) strict, without rowid;

create table models (
  name text primary key not null,
  notes text not null,
  created_at real not null
) strict, without rowid;

create table model_versions (
  model text not null,
  version integer not null,
  artifact_id text not null,
  stage text,
  created_at real not null,
  primary key (model, version)
) strict, without rowid;

create table console_lines (
  id integer primary key not null,
  run_id text not null,
  time real not null,
  step integer,
  level text not null,
  text text not null
) strict;
create index console_lines_by_run on console_lines (run_id);

create table alerts (
  experiment_id text not null,
  id text not null,
  rule text not null,
  primary key (experiment_id, id)
) strict, without rowid;

create view metrics as
select series.run_id as run_id, series.key as key, points.step as step, points.value as value, points.time as time
from series join points on points.series_id = series.id;
