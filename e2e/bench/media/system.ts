import type { BrowserContext } from 'playwright'
import { HARNESS_URL } from '../../ports.ts'
import { atMost, forInformation, quantile, type Figure } from '../figure.ts'

const PAGES = 3
/** Each fit takes some seconds, so that samples fall into it as they do into a training. */
const ORDER = { pairs: 8, epochs: 8, of: 'system' } as const

/** What capturing everything of the system costs a training that is tracked. */
export async function systemFigures(context: BrowserContext): Promise<Figure[]> {
  const captured: number[] = []
  const plain: number[] = []
  // Each page is compiled and laid out in memory anew, which alone moves its figures by half a percent.
  for (let count = 0; count < PAGES; count += 1) {
    const page = await context.newPage()
    await page.goto(HARNESS_URL)
    await page.waitForFunction(() => 'harness' in window, undefined, { polling: 50 })
    const times = await page.evaluate((order) => window.harness.measureOverhead(order), ORDER)
    captured.push(...times.tracked)
    plain.push(...times.plain)
    await page.close()
  }
  const ratios = captured.map((time, i) => time / (plain[i] ?? Number.NaN))
  return [
    atMost('media.system_overhead', quantile(ratios, 0.5), 1.01, '×'),
    forInformation('media.system_overhead_p95', quantile(ratios, 0.95), '×'),
    forInformation('media.system_fit_ms_p50', quantile(plain, 0.5), 'ms'),
  ]
}
