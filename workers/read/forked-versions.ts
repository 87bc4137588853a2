/**
 * A query for the versions that runs were forked from: of each name the newest that the parent had made up to the step. A run
 * that was forked by `forkRun` used one as well; one that only says where it began did not.
 */
export function forkedVersions(where: string): string {
  return `select a.id from runs r join artifacts a on a.run_id = r.parent_run_id
    where ${where} and r.forked_at_step is not null and a.step <= r.forked_at_step and a.erased_at is null
    and not exists (select 1 from artifacts b where b.run_id = a.run_id and b.experiment_id = a.experiment_id
      and b.name = a.name and b.erased_at is null and b.step <= r.forked_at_step
      and (b.step > a.step or b.step = a.step and b.version > a.version))`
}
