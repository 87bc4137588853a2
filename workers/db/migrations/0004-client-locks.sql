-- The Web Lock that whoever logs the run holds; null for one named after the run, as clients of protocol 1 hold.
alter table runs add column lock text;
