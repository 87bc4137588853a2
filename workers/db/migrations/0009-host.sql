-- What trained: page, worker or node; null where nobody said so.
alter table runs add column host text;
