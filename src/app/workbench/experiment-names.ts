import { createSignal, type Accessor } from 'solid-js'
import type { RunKey } from '../../protocol/run-query.ts'
import type { ExperimentState } from '../experiment/experiment-context.ts'
import type { Command } from '../shell/create-commands.ts'
import type { Tracker } from '../tracker/tracker.ts'
import { printOperand } from '../workspace/operands.ts'

/** Everything of an experiment that has a name, for the palette: its runs, metrics, params and tags. */
export function experimentNames(tracker: Tracker, experiment: ExperimentState): () => readonly Command[] {
  const { charts, ranking, runs, select, series, workspace } = experiment
  const keys = readOnce(tracker, experiment)

  const runNames = (): readonly Command[] =>
    (runs.runs() ?? []).map(({ id, label }) => ({
      title: `Open ${label}`,
      group: 'Runs',
      run: () => select(id),
    }))

  const metricNames = (): readonly Command[] =>
    series.keys().flatMap((key) => [
      {
        title: `Show the chart of ${key}`,
        group: 'Metrics',
        run: () =>
          workspace.change(`Expand ${key}`, {
            tab: 'charts',
            isRunAlone: false,
            charts: { ...workspace.view().charts, expanded: key },
          }),
      },
      { title: `Rank runs by ${key}`, group: 'Metrics', run: () => ranking.choose(key) },
    ])

  const givenNames = (): readonly Command[] =>
    keys().flatMap(({ from, key }) => {
      if (from !== 'param' && from !== 'tag') return []
      const by = printOperand({ from, key })
      const group = from === 'param' ? 'Params' : 'Tags'
      return [
        {
          title: `Colour lines by ${key}`,
          group,
          run: () => charts.change(`Colour by ${key}`, { colorBy: by }),
        },
      ]
    })

  return () => [...runNames(), ...metricNames(), ...givenNames()]
}

/** What runs have values of, read when it is first looked at. */
function readOnce(
  tracker: Tracker,
  { database, experimentId }: ExperimentState,
): Accessor<readonly RunKey[]> {
  const [keys, setKeys] = createSignal<readonly RunKey[]>([])
  let isAsked = false
  return () => {
    if (!isAsked) {
      isAsked = true
      void tracker.api.readKeys({ database, experimentId }).then((read) => {
        if (read.ok) setKeys(read.value)
        else isAsked = false
      })
    }
    return keys()
  }
}
