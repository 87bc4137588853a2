import type { Artifact, HeldAlias } from '../../model/artifact.ts'
import type { RunId } from '../../model/units.ts'
import { formatValue } from '../../widgets/number-format.ts'

/** What a run is called; undefined until it is known. */
export type NameOf = (runId: RunId) => string | undefined

/** `best`, `best 0.213`, and `best 0.213 of run-2` where other versions are the best of other runs. */
export function aliasWords(held: HeldAlias, isOneOfMany: boolean, nameOf: NameOf): string {
  const { alias, runId, value } = held
  const whose = isOneOfMany && runId !== null ? ` of ${nameOf(runId) ?? '…'}` : ''
  return `${alias}${value === null ? '' : ` ${formatValue(value)}`}${whose}`
}

/** Why a version has an alias: `lowest val_loss of run-2, 0.213`. */
export function aliasReason({ runId, metric, value, direction }: HeldAlias, nameOf: NameOf): string {
  const whose = runId === null ? 'the experiment' : (nameOf(runId) ?? '…')
  if (metric === null || value === null) return runId === null ? 'given by hand' : `of ${whose}`
  return `${direction === 'max' ? 'highest' : 'lowest'} ${metric} of ${whose}, ${formatValue(value)}`
}

/** Whether other versions of the name have the same alias, for other runs. */
export function isOneOfMany(
  all: readonly Artifact[],
  { name, experimentId }: Artifact,
  alias: string,
): boolean {
  const holders = all.filter(
    (each) =>
      each.removedAt === null &&
      each.name === name &&
      each.experimentId === experimentId &&
      each.aliases.includes(alias),
  )
  return holders.length > 1
}
