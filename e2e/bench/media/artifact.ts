import type { BrowserContext } from 'playwright'
import { openHarness } from '../../harness-page.ts'
import { atLeast, atMost, forInformation, quantile, type Figure } from '../figure.ts'
import { watchMemory } from './memory-watch.ts'

const BYTES = 500 * 2 ** 20
const ROUNDS = 5

/** How fast an artifact is written, digest included, against a copy of the same file, and against writing from memory. */
export async function artifactFigures(context: BrowserContext): Promise<Figure[]> {
  const page = await openHarness(context)
  const { artifactMs, rawMs, memoryMs } = await page.evaluate(
    ([bytes, rounds]) => window.harness.measureArtifacts(bytes, rounds),
    [BYTES, ROUNDS] as const,
  )
  await page.close()
  const against = (others: readonly number[]): number[] =>
    artifactMs.map((ms, round) => (others[round] ?? Number.NaN) / ms)
  const ratios = against(rawMs)
  return [
    atLeast('media.artifact_vs_raw', quantile(ratios, 0.5), 0.6, '×'),
    forInformation('media.artifact_vs_raw_p5', quantile(ratios, 0.05), '×'),
    forInformation('media.artifact_ms_p50', quantile(artifactMs, 0.5), 'ms'),
    forInformation('media.artifact_ms_p95', quantile(artifactMs, 0.95), 'ms'),
    forInformation('media.raw_ms_p50', quantile(rawMs, 0.5), 'ms'),
    forInformation('media.artifact_vs_memory', quantile(against(memoryMs), 0.5), '×'),
    forInformation('media.memory_write_ms_p50', quantile(memoryMs, 0.5), 'ms'),
  ]
}

/** What all processes of the browser hold more while an artifact is stored than right before, at most. */
export async function memoryFigures(context: BrowserContext): Promise<Figure[]> {
  const page = await openHarness(context)
  const prepare = (): Promise<void> =>
    page.evaluate(async (bytes) => {
      const { prepareArtifact } = await window.harness.loadArtifactSteps()
      await prepareArtifact(bytes)
    }, BYTES)
  const store = (): Promise<void> =>
    page.evaluate(async () => {
      const { storePrepared } = await window.harness.loadArtifactSteps()
      await storePrepared()
    })
  // What is loaded and grows once is there before.
  await prepare()
  await store()
  await prepare()
  const watch = await watchMemory(context)
  await page.waitForTimeout(1_000)
  const before = await watch.now()
  watch.peak()
  await store()
  const most = watch.peak()
  await watch.stop()
  await page.close()
  return [
    atMost('media.memory_mb', most - before, 64, 'MiB'),
    forInformation('media.memory_baseline_mb', before, 'MiB'),
  ]
}
