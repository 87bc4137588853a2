-- Runs put away: kept whole, but not among the runs one looks at.
alter table runs add column archived_at real;

-- Arrangements of the workspace by name; view is what its link says.
create table views (
  experiment_id text not null,
  name text not null,
  view text not null,
  primary key (experiment_id, name)
) strict, without rowid;

-- Which way a metric improves where the user said so: min, max, or none for neither.
create table directions (
  experiment_id text not null,
  key text not null,
  direction text not null,
  primary key (experiment_id, key)
) strict, without rowid;

-- What happened to a run besides its points, at a moment or until another: kind is mark or hidden.
create table events (
  run_id text not null,
  time real not null,
  kind text not null,
  text text not null,
  until real,
  step integer,
  primary key (run_id, time, kind, text)
) strict, without rowid;
