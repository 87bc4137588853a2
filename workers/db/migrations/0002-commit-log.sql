-- What it held is in short chunks: see take-pending.ts.
drop table pending;
