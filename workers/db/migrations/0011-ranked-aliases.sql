-- Whose an alias is, null for that of the experiment, and what it was given for, null where somebody just gave it.
create table aliases (
  experiment_id text not null,
  name text not null,
  alias text not null,
  artifact_id text not null,
  run_id text,
  metric text,
  value real,
  direction text
) strict;
insert into aliases (experiment_id, name, alias, artifact_id)
  select experiment_id, name, alias, artifact_id from artifact_aliases;
drop table artifact_aliases;
alter table aliases rename to artifact_aliases;
create index aliases_by_name on artifact_aliases (experiment_id, name, alias, run_id);

-- Which run says how many of its versions are kept; null for all that say nothing.
create table policies (
  experiment_id text not null,
  name text not null,
  keep integer not null,
  run_id text
) strict;
insert into policies (experiment_id, name, keep) select experiment_id, name, keep from artifact_policies;
drop table artifact_policies;
alter table policies rename to artifact_policies;
