-- One row a logged array. Small ones lie in data; large ones, and those that are still arriving in parts (upload), in a blob.
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
  upload text
) strict;
create index arrays_by_key on arrays (run_id, key);
create index arrays_by_blob on arrays (blob_id) where blob_id is not null;
create unique index arrays_by_upload on arrays (upload) where upload is not null;

-- Bytes stored once however often they are logged: digest is their SHA-256 in hex, null while parts are missing.
create table blobs (
  id integer primary key not null,
  bytes integer not null,
  digest text
) strict;
create unique index blobs_by_digest on blobs (digest) where digest is not null;

-- id is that of the blob times 65536 plus the ordinal of the part; every part but the last holds 1 MiB.
create table blob_parts (
  id integer primary key not null,
  part blob not null
) strict;
