-- What an array shows, and what it says of itself as JSON; null for plain arrays.
alter table arrays add column kind text;
alter table arrays add column meta text;
create index arrays_shown on arrays (run_id, key, kind, step, bytes) where kind is not null;
