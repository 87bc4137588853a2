-- What an array shows, and what it says of itself as JSON; null for plain arrays.
alter table arrays add column kind text;
alter table arrays add column meta text;
create index arrays_shown on arrays (run_id, key, kind, step, bytes) where kind is not null;

-- Those that nobody has named yet: being digested, or left behind by an upload that died.
create index blobs_unnamed on blobs (id) where digest is null;

-- One row a version. digest tells contents apart; erased_at says when the bytes were given up.
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
  removed_at real,
  erased_at real
) strict;
create unique index artifacts_by_name on artifacts (experiment_id, name, version);
create index artifacts_by_run on artifacts (run_id);

-- blob_id is null when the bytes were given up.
create table artifact_files (
  artifact_id text not null,
  path text not null,
  mime text not null,
  bytes integer not null,
  digest text not null,
  blob_id integer,
  primary key (artifact_id, path)
) strict, without rowid;
create index artifact_files_by_blob on artifact_files (blob_id) where blob_id is not null;

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

-- How many of the newest versions of a name are kept.
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

-- What a training said, in order of id.
create table console_lines (
  id integer primary key not null,
  run_id text not null,
  time real not null,
  step integer,
  level text not null,
  text text not null
) strict;
create index console_lines_by_run on console_lines (run_id);

-- What is watched in every run of an experiment; rule is JSON.
create table alerts (
  experiment_id text not null,
  id text not null,
  rule text not null,
  primary key (experiment_id, id)
) strict, without rowid;
