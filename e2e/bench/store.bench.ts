import type { BrowserContext } from 'playwright'
import type { StoreAnswer, StoreArgs, StorePart } from '../harness/store-bench/store-bench.ts'
import { openHarness } from '../harness-page.ts'
import { atLeast, atMost, forInformation, quantile, type Figure, type Measurement } from './figure.ts'
import { measureParts, type Print } from './measure-parts.ts'
import { measureTakeovers } from './takeover.ts'

/** Measures a part in a worker of a fresh page; the profile is fresh too. */
async function inWorker<P extends StorePart>(
  context: BrowserContext,
  part: P,
  ...args: StoreArgs<P>
): Promise<StoreAnswer<P>> {
  const page = await openHarness(context)
  const answer = await page.evaluate(([part, args]) => window.harness.measureStore(part, args as never), [
    part,
    args,
  ] as const)
  await page.close()
  return answer as StoreAnswer<P>
}

const MEBIBYTE = 2 ** 20

async function ingestFigures(context: BrowserContext): Promise<Figure[]> {
  const { ingestMs, rawMs, rawOnceMs, bytesPerPoint, points } = await inWorker(
    context,
    'measureIngest',
    10_000_000,
    10,
  )
  const ratios = ingestMs.map((ms, round) => (rawMs[round] ?? Number.NaN) / ms)
  const once = ingestMs.map((ms, round) => (rawOnceMs[round] ?? Number.NaN) / ms)
  return [
    atLeast('store.ingest_vs_raw', quantile(ratios, 0.5), 0.8, '×'),
    forInformation('store.ingest_vs_raw_p5', quantile(ratios, 0.05), '×'),
    forInformation('store.ingest_vs_raw_once', quantile(once, 0.5), '×'),
    forInformation('store.ingest_points_per_s', points / (quantile(ingestMs, 0.5) / 1000), 'points/s'),
    forInformation('store.raw_mib_per_s', (points * 24) / MEBIBYTE / (quantile(rawMs, 0.5) / 1000), 'MiB/s'),
    atMost('store.bytes_per_point', bytesPerPoint, 10.5, 'bytes'),
  ]
}

async function commitFigures(context: BrowserContext): Promise<Figure[]> {
  const { commitMs, rawMs } = await inWorker(context, 'measureCommits', 2_000)
  return [
    atMost('store.commit_vs_raw_flush_p95', quantile(commitMs, 0.95) / quantile(rawMs, 0.95), 4, '×'),
    forInformation('store.commit_vs_raw_flush_p50', quantile(commitMs, 0.5) / quantile(rawMs, 0.5), '×'),
    forInformation('store.commit_ms_p50', quantile(commitMs, 0.5), 'ms'),
    forInformation('store.commit_ms_p95', quantile(commitMs, 0.95), 'ms'),
    forInformation('store.raw_flush_ms_p50', quantile(rawMs, 0.5), 'ms'),
    forInformation('store.raw_flush_ms_p95', quantile(rawMs, 0.95), 'ms'),
  ]
}

async function scanFigures(context: BrowserContext): Promise<Figure[]> {
  const { points, table } = await inWorker(context, 'measureScans', 11)
  return [
    atLeast('store.points_vtab_vs_table', quantile(points, 0.5) / quantile(table, 0.5), 0.5, '×'),
    forInformation('store.points_rows_per_s', quantile(points, 0.5), 'rows/s'),
  ]
}

async function windowFigures(context: BrowserContext): Promise<Figure[]> {
  const { longMs, shortMs, openMs, openAfterKillMs } = await inWorker(
    context,
    'measureWindows',
    100_000_000,
    1_000_000,
    300,
  )
  const [long, short] = [quantile(longMs, 0.95), quantile(shortMs, 0.95)]
  return [
    atMost('store.window_100m_vs_1m', long / short, 3, '×'),
    atMost('store.window_100m_ms_p95', long, 50, 'ms'),
    forInformation('store.window_100m_ms_p50', quantile(longMs, 0.5), 'ms'),
    forInformation('store.window_1m_ms_p95', short, 'ms'),
    forInformation('store.window_1m_ms_p50', quantile(shortMs, 0.5), 'ms'),
    atMost('store.open_100m_ms', quantile([...openMs, ...openAfterKillMs], 0.95), 500, 'ms'),
  ]
}

async function runQueryFigures(context: BrowserContext): Promise<Figure[]> {
  const { queryMs, firstMs } = await inWorker(context, 'measureRunQueries', 10_000, 300)
  return [
    atMost('store.runs_10k_query_ms_p95', quantile(queryMs, 0.95), 50, 'ms'),
    forInformation('store.runs_10k_query_ms_p50', quantile(queryMs, 0.5), 'ms'),
    forInformation('store.runs_10k_query_ms_first', quantile(firstMs, 0.5), 'ms'),
  ]
}

async function takeoverFigures(context: BrowserContext): Promise<Figure[]> {
  const times = await measureTakeovers(context, 20)
  return [
    atMost('store.takeover_ms_p95', quantile(times, 0.95), 500, 'ms'),
    forInformation('store.takeover_ms_p50', quantile(times, 0.5), 'ms'),
  ]
}

const PARTS: Readonly<Record<string, (context: BrowserContext) => Promise<Figure[]>>> = {
  ingest: ingestFigures,
  commit: commitFigures,
  scans: scanFigures,
  windows: windowFigures,
  runs: runQueryFigures,
  takeover: takeoverFigures,
}

/** Measures the figures of `store.*`, each part on a fresh profile; `only` names one part. */
export const measure = (print: Print, only?: string): Promise<Measurement> => measureParts(PARTS, print, only)
