-- What a param was at first, JSON as its value; null while nobody set it in a run that ran. When it got the value it has.
alter table params add column first_value text;
alter table params add column changed_at_step real;
create index params_changed on params (run_id) where first_value is not null;
