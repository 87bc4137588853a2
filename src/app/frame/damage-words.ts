import type { DamagedDatabase } from '../../protocol/store-api.ts'
import { formatCount, formatPlural } from '../../widgets/number-format.ts'

/** What became of a damaged database, in plain sentences. */
export function damageWords(damaged: DamagedDatabase): string {
  const { state, failure, runs, points, totalPoints } = damaged
  switch (state) {
    case 'recovering':
      return `A new one was begun, and what can be read is being recovered: ${formatCount(points)} of ${formatPlural(totalPoints, 'point')} of ${formatPlural(runs, 'run')}. Logging goes on meanwhile.`
    case 'failed':
      return `A new one was begun, but recovering the old one failed: ${failure} The damaged file is kept.`
    case 'recovered':
      return `A new one was begun. ${recoveredWords(damaged)} The damaged file is kept until you delete it.`
  }
}

function recoveredWords({
  runs,
  incompleteRuns,
  unnamedRuns,
  lostArrays,
  lostArtifacts,
  points,
  totalPoints,
}: DamagedDatabase): string {
  if (runs === 0) return 'No run in it could be read.'
  const whole = runs - new Set([...incompleteRuns, ...unnamedRuns]).size
  const losses = [
    incompleteRuns.length > 0
      ? `${formatPlural(incompleteRuns.length, 'run')} lost ${totalPoints > points ? formatPlural(totalPoints - points, 'point') : 'points'}`
      : '',
    unnamedRuns.length > 0
      ? `${formatPlural(unnamedRuns.length, 'run')} lost name and params, and ${unnamedRuns.length === 1 ? 'is' : 'are'} listed under Recovered`
      : '',
    lostArrays > 0 ? `${formatPlural(lostArrays, 'array')} could not be read` : '',
    lostArtifacts > 0 ? `${formatPlural(lostArtifacts, 'artifact')} could not be read` : '',
  ].filter((words) => words !== '')
  if (losses.length === 0)
    return runs === 1
      ? 'The one run that could be found was recovered with every point.'
      : `All ${formatPlural(runs, 'run')} that could be found were recovered with every point.`
  return `${formatCount(whole)} of ${formatPlural(runs, 'run')} were recovered whole; ${losses.join('; ')}.`
}
