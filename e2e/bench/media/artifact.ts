import type { BrowserContext } from 'playwright'
import { HARNESS_URL } from '../../ports.ts'
import { atLeast, forInformation, quantile, type Figure } from '../figure.ts'

const BYTES = 500 * 2 ** 20
const ROUNDS = 5

/** How fast an artifact is written, digest included, against the same number of bytes written raw. */
export async function artifactFigures(context: BrowserContext): Promise<Figure[]> {
  const page = await context.newPage()
  await page.goto(HARNESS_URL)
  const { artifactMs, rawMs } = await page.evaluate(
    ([bytes, rounds]) => window.harness.measureArtifacts(bytes, rounds),
    [BYTES, ROUNDS] as const,
  )
  await page.close()
  const ratios = artifactMs.map((ms, round) => (rawMs[round] ?? Number.NaN) / ms)
  return [
    atLeast('media.artifact_vs_raw', quantile(ratios, 0.5), 0.6, '×'),
    forInformation('media.artifact_ms_p50', quantile(artifactMs, 0.5), 'ms'),
    forInformation('media.artifact_ms_p95', quantile(artifactMs, 0.95), 'ms'),
    forInformation('media.raw_ms_p50', quantile(rawMs, 0.5), 'ms'),
  ]
}
