-- The population's standard deviation of the finite values of a series; null is NaN. What is stored already is told by its points.
alter table series add column std real;
