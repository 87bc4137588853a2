-- Steps may be fractions. Only what the columns are declared as changes: whole steps lie in a real column as they lay before.
pragma writable_schema = on;
update sqlite_schema set sql = replace(replace(replace(replace(sql,
  'first_step integer', 'first_step real'), 'last_step integer', 'last_step real'),
  'min_step integer', 'min_step real'), 'max_step integer', 'max_step real')
  where type = 'table' and name = 'series';
update sqlite_schema set sql = replace(sql, 'forked_at_step integer', 'forked_at_step real')
  where type = 'table' and name = 'runs';
update sqlite_schema set sql = replace(sql, '  step integer', '  step real')
  where type = 'table' and name in ('arrays', 'events', 'artifacts', 'console_lines');
pragma writable_schema = reset;

-- How often a step was lower than the one before it. What is stored already is told by its points.
alter table series add column back_steps integer not null default 0;
