const SKILL = `---
name: kymo
description: Find, compare and read the training runs that this project keeps in .kymo/, with the command kymo.
---

# Runs of this project

Runs are in .kymo/, one SQLite file for each experiment. Read them with the command; never write to the files yourself.

- List: npx kymo runs --json. Filter: npx kymo runs 'val_acc > 0.9 and status = finished' --sort -val_acc --limit 5 --json
  Names are metrics (their last value; loss.min, loss.max, loss.first), params (optimizer.lr inside of one), tags (tag.model) and fields
  (status, name, started, duration, group). Also: in (1, 2), contains, matches, is null, 2 days ago, and, or, not.
- One run: npx kymo show RUN --json, by id, the beginning of it, or name. What two differ in: npx kymo diff RUN RUN --json
- Any question: npx kymo query 'select …' --experiment NAME --json. Tables: runs(id, name, status, started_at, ended_at, …),
  params(run_id, key, value as JSON), tags(run_id, key, value), series(run_id, key, count, first, last, min, max, mean, last_step, …),
  metrics(run_id, key, step, value, time), events, artifacts, console_lines. A value that is null is NaN. Times are milliseconds since the epoch.
- While one trains: npx kymo tail RUN --json prints a line a step until it ends.
- Give results away: npx kymo export best.db --where 'val_acc > 0.9'. For other tools: name it x.parquet.zip, x.jsonl.zip, x.csv.zip, or a folder:
  npx kymo export logs/ --as tensorboard --experiment NAME

Say which runs an answer is about, by name and id. A run that is killed or failed may have stopped early: compare at the same step
(metrics where step <= …), or only those that finished. One run of a setting is no evidence: look for others of the same params and
another seed. NaN, Infinity and -Infinity are texts in JSON.

Exit codes: 0 done; 1 not there or failed; 2 asked wrongly, with what is wrong on the standard error.
`

/** `kymo skill` */
export function printSkill(): void {
  process.stdout.write(SKILL)
}
