-- What a query of runs looks up, key by key: one key of all runs lies on few pages, and its values beside it.
create index params_by_key on params (key, run_id, value);
create index series_by_key on series (key, run_id, last, min, max, mean, first, count, last_step);
