import type { BrowserContext, Page } from 'playwright'
import { openHarness } from '../../harness-page.ts'
import { atMost, forInformation, quantile, type Figure } from '../figure.ts'

const PAGES = 3
const PAIRS = 8
/** Each fit takes some seconds, so that samples fall into it as they do into a training. */
const EPOCHS = 16

/** Of one fit. Unit: milliseconds. */
interface Cost {
  readonly elapsed: number
  /** How long the training thread had a core. */
  readonly onCore: number
}

/** What capturing everything of the system costs a training that is tracked. */
export async function systemFigures(context: BrowserContext): Promise<Figure[]> {
  const pairs: { readonly captured: Cost; readonly plain: Cost }[] = []
  // Each page is compiled and laid out in memory anew, which alone moves its figures by half a percent.
  for (let count = 0; count < PAGES; count += 1) {
    const page = await openHarness(context)
    const fit = await openFit(page)
    await fit(false)
    await fit(true)
    for (let pair = 0; pair < PAIRS; pair += 1) {
      // Each leaves garbage for the other to collect, so they take turns in being first.
      const isPlainFirst = pair % 2 === 1
      const first = await fit(!isPlainFirst)
      const second = await fit(isPlainFirst)
      pairs.push(isPlainFirst ? { plain: first, captured: second } : { plain: second, captured: first })
    }
    await page.close()
  }
  const busy = await idleFigure(context)
  const ratios = (of: keyof Cost): number[] => pairs.map(({ captured, plain }) => captured[of] / plain[of])
  return [
    atMost('media.system_overhead', quantile(ratios('onCore'), 0.5), 1.01, '×'),
    forInformation('media.system_overhead_p95', quantile(ratios('onCore'), 0.95), '×'),
    forInformation('media.system_elapsed_overhead', quantile(ratios('elapsed'), 0.5), '×'),
    busy,
    forInformation(
      'media.system_fit_ms_p50',
      quantile(
        pairs.map(({ plain }) => plain.elapsed),
        0.5,
      ),
      'ms',
    ),
  ]
}

const IDLE_MS = 10_000

/** How busy a page that does nothing else is when the system is captured twice a second, four times as often as by default. */
async function idleFigure(context: BrowserContext): Promise<Figure> {
  const page = await openHarness(context)
  const read = await openMetrics(page)
  const runId = await page.evaluate(async () =>
    (await window.harness.loadSystem()).startCaptured('bench', 'idle'),
  )
  const busyMs = async (): Promise<number> => {
    await page.waitForTimeout(1_000)
    const before = await read('TaskDuration')
    await page.waitForTimeout(IDLE_MS)
    return (await read('TaskDuration')) - before
  }
  const captured = await busyMs()
  await page.evaluate(async (id) => (await window.harness.loadSystem()).finishCaptured(id), runId)
  const plain = await busyMs()
  await page.close()
  return forInformation('media.system_busy_ms_per_s', (captured - plain) / (IDLE_MS / 1_000), 'ms')
}

/** Reads what Chromium counts of a page's thread. Unit: milliseconds. */
async function openMetrics(page: Page): Promise<(name: string) => Promise<number>> {
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('Performance.enable')
  return async (wanted) => {
    const { metrics } = await devTools.send('Performance.getMetrics')
    const seconds = metrics.find(({ name }) => name === wanted)?.value
    if (seconds === undefined) throw new Error(`Chromium does not tell ${wanted}`)
    return seconds * 1_000
  }
}

async function openFit(page: Page): Promise<(isCaptured: boolean) => Promise<Cost>> {
  const read = await openMetrics(page)
  return async (isCaptured) => {
    const before = await read('ThreadTime')
    const elapsed = await page.evaluate((order) => window.harness.fitCaptured(order), {
      epochs: EPOCHS,
      isCaptured,
    })
    return { elapsed, onCore: (await read('ThreadTime')) - before }
  }
}
