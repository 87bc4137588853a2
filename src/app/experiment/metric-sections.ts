/** The charts that share a metric prefix. */
export interface MetricSection {
  /** The text before the first `/`; empty for metrics without one. */
  readonly prefix: string
  readonly keys: readonly string[]
}

/**
 * Groups metrics by prefix, the ones without a prefix first; within a section losses, then scores, `val_x` next to `x`.
 * What only counts on, like `epoch`, comes last, and so does a section of nothing else.
 */
export function groupMetrics(keys: Iterable<string>): readonly MetricSection[] {
  const byPrefix = new Map<string, string[]>()
  for (const key of new Set(keys)) {
    const prefix = metricPrefix(key)
    const section = byPrefix.get(prefix)
    if (section === undefined) byPrefix.set(prefix, [key])
    else section.push(key)
  }
  return [...byPrefix]
    .toSorted(
      ([a, keysA], [b, keysB]) =>
        Number(keysA.every(isCounter)) - Number(keysB.every(isCounter)) || compareText(a, b),
    )
    .map(([prefix, section]) => ({ prefix, keys: section.toSorted(compareMetrics) }))
}

export function metricPrefix(key: string): string {
  const slash = key.indexOf('/')
  return slash <= 0 ? '' : key.slice(0, slash)
}

/** The key as it is called within its section. */
export function metricName(key: string): string {
  const slash = key.indexOf('/')
  return slash <= 0 || slash === key.length - 1 ? key : key.slice(slash + 1)
}

/** The shortest text that still tells a key from the others: its name without the prefix where that is unique. */
export function shortMetricName(key: string, keys: readonly string[]): string {
  const name = metricName(key)
  return keys.some((other) => other !== key && metricName(other) === name) ? key : name
}

const VALIDATION = /^(val|validation|test|eval)_/

function compareMetrics(a: string, b: string): number {
  const [nameA, nameB] = [metricName(a), metricName(b)]
  const [baseA, baseB] = [nameA.replace(VALIDATION, ''), nameB.replace(VALIDATION, '')]
  return (
    kind(baseA) - kind(baseB) || compareText(baseA, baseB) || nameA.length - nameB.length || compareText(a, b)
  )
}

const COUNTER =
  /^(global_?)?(epochs?|steps?|iter(ation)?s?|batch(es)?|episodes?|examples?|samples?|tokens?|time(stamp)?)$/i

/** Whether a metric says how far a training is, and not how well. */
function isCounter(key: string): boolean {
  return COUNTER.test(metricName(key))
}

function kind(base: string): number {
  if (isCounter(base)) return 3
  if (base === 'loss') return 0
  if (base === 'acc' || base === 'accuracy') return 1
  return 2
}

/** `layer2` before `layer10`, whatever the browser's language. */
const TEXT_ORDER = new Intl.Collator('en', { numeric: true })

function compareText(a: string, b: string): number {
  return TEXT_ORDER.compare(a, b) || (a < b ? -1 : Number(a > b))
}
