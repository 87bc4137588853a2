type Logs = Readonly<Record<string, number>>

/** What `model.fit` answers, or logs as they came, of all metrics together or a list for each. */
export type HistoryLike =
  | { readonly history: Readonly<Record<string, readonly unknown[]>> }
  | readonly Logs[]
  | readonly (readonly Logs[])[]

type Series = Readonly<Record<string, readonly number[]>>

/** The drawings of a history by name: a metric is drawn with its validation, as tfjs-vis does. */
export function seriesOf(
  history: HistoryLike,
  metrics: readonly string[],
): readonly (readonly [name: string, series: () => Series])[] {
  const plots = new Map<string, string[]>()
  for (const metric of metrics) {
    const name = metric.replace('val_', '')
    plots.set(name, [...(plots.get(name) ?? []), metric])
  }
  return [...plots].map(([name, drawn]) => [
    name,
    () =>
      Object.fromEntries(drawn.map((metric) => [metric, valuesOf(history, metric, metrics.indexOf(metric))])),
  ])
}

function valuesOf(history: HistoryLike, metric: string, place: number): readonly number[] {
  if (!Array.isArray(history)) {
    const values = (history as { history: Record<string, readonly number[]> }).history[metric]
    if (values === undefined) throw new Error(`the history has no ${metric}`)
    return values
  }
  const logs = (Array.isArray(history[0]) ? history[place] : history) as readonly Logs[]
  return logs.map((log) => log[metric] ?? Number.NaN)
}
