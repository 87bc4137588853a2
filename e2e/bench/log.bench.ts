import type { BrowserContext, Page } from 'playwright'
import type { Harness } from '../harness/main.ts'
import type { PacedLog } from '../harness/paced-log.worker.ts'
import { openHarness } from '../harness-page.ts'
import { APP_URL } from '../ports.ts'
import { atLeast, atMost, forInformation, quantile, type Figure, type Measurement } from './figure.ts'
import { measureParts, type Print } from './measure-parts.ts'

type Measure = 'measureCalls' | 'measureOverhead'

async function inHarness<K extends Measure>(
  context: BrowserContext,
  name: K,
  ...args: Parameters<Harness[K]>
): Promise<Awaited<ReturnType<Harness[K]>>> {
  const page = await openHarness(context)
  const answer = await page.evaluate(
    ([name, args]) => (window.harness[name] as (...args: unknown[]) => Promise<unknown>)(...args),
    [name, args] as const,
  )
  await page.close()
  return answer as Awaited<ReturnType<Harness[K]>>
}

async function callFigures(context: BrowserContext): Promise<Figure[]> {
  const calls = 1_000_000
  const { push, log } = await inHarness(context, 'measureCalls', calls, 11)
  const ratios = log.map((time, i) => time / (push[i] ?? Number.NaN))
  return [
    atMost('log.call_vs_array_push', quantile(ratios, 0.5), 4, '×'),
    forInformation('log.call_vs_array_push_p95', quantile(ratios, 0.95), '×'),
    forInformation('log.call_us_p50', (quantile(log, 0.5) / calls) * 1000, 'µs'),
    forInformation('log.call_us_p95', (quantile(log, 0.95) / calls) * 1000, 'µs'),
    forInformation('log.array_push_us_p50', (quantile(push, 0.5) / calls) * 1000, 'µs'),
  ]
}

async function overheadFigures(context: BrowserContext): Promise<Figure[]> {
  const tracked: number[] = []
  const plain: number[] = []
  // Each page is compiled and laid out in memory anew, which alone moves its figures by half a percent.
  for (let page = 0; page < 5; page += 1) {
    const times = await inHarness(context, 'measureOverhead', { pairs: 30, epochs: 3 })
    tracked.push(...times.tracked)
    plain.push(...times.plain)
  }
  const ratios = tracked.map((time, i) => time / (plain[i] ?? Number.NaN))
  return [
    atMost('log.training_overhead', quantile(ratios, 0.5), 1.01, '×'),
    forInformation('log.training_overhead_p95', quantile(ratios, 0.95), '×'),
    forInformation('log.training_fit_ms_p50', quantile(plain, 0.5), 'ms'),
  ]
}

/** Ten metrics a hundred times a second from a worker, while the dashboard beside it shows them. */
async function latencyFigures(context: BrowserContext): Promise<Figure[]> {
  const calls = 1_500
  const page = await context.newPage()
  await page.goto(APP_URL)
  const experiment = 'paced log'
  await page.exposeFunction('started', () => showExperiment(page, experiment))
  const result = await page.evaluate(watchPacedLog, { calls, everyMs: 10, experiment })
  await page.close()
  const durable = result.loggedAt.map((at, i) => (result.durableAt[i] ?? Number.NaN) - at)
  const pixel = result.loggedAt.map((at, i) => {
    const drawn = result.drawn.find((entry) => entry.points > i)
    return (drawn?.at ?? Number.NaN) - at
  })
  // The first second shows the run appearing: its charts do not exist yet.
  const settled = pixel.slice(100)
  if (durable.some(Number.isNaN) || settled.some(Number.isNaN)) {
    throw new Error('some logged points never became durable or never reached the screen')
  }
  return [
    atMost('log.durable_ms_p95', quantile(durable, 0.95), 300, 'ms'),
    forInformation('log.durable_ms_p50', quantile(durable, 0.5), 'ms'),
    atMost('log.pixel_ms_p95', quantile(settled, 0.95), 250, 'ms'),
    forInformation('log.pixel_ms_p50', quantile(settled, 0.5), 'ms'),
    forInformation('log.pixel_first_ms', pixel[0] ?? Number.NaN, 'ms'),
  ]
}

/**
 * Runs in the app's page: starts the paced log, opens its run, and notes after every frame how many points the first
 * chart says it has drawn.
 */
async function watchPacedLog(order: {
  calls: number
  everyMs: number
  experiment: string
}): Promise<PacedLog & { drawn: { at: number; points: number }[] }> {
  const drawn: { at: number; points: number }[] = []
  const trainer = new Worker(new URL('harness/paced-log.worker.js', document.baseURI), { type: 'module' })
  const finished = new Promise<PacedLog>((resolve) => {
    trainer.addEventListener('message', (event: MessageEvent<{ started?: string; result?: PacedLog }>) => {
      if (event.data.started !== undefined) void (window as unknown as { started(): Promise<void> }).started()
      if (event.data.result !== undefined) resolve(event.data.result)
    })
  })
  const observe = (): void => {
    const receipt =
      document.querySelector('article[aria-label="metric_0"] .chart-frame-receipt')?.textContent ?? ''
    const points = Number(/^([\d,]+) points?/.exec(receipt)?.[1]?.replaceAll(',', '') ?? 0)
    if (points <= (drawn.at(-1)?.points ?? 0)) return
    // The receipt and the request to draw come together; the canvas is drawn in the next frame and shown by the one after.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => drawn.push({ at: performance.timeOrigin + performance.now(), points })),
    )
  }
  new MutationObserver(observe).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
  })
  trainer.postMessage(order)
  const result = await finished
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  return { ...result, drawn }
}

async function showExperiment(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Experiments' }).getByRole('link', { name }).click()
}

/** Main-thread time of the page from now until `work` is done, in ms. */
async function mainThreadMs(page: Page, work: () => Promise<unknown>): Promise<number> {
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('Performance.enable')
  const taskSeconds = async (): Promise<number> => {
    const { metrics } = await devTools.send('Performance.getMetrics')
    return metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? Number.NaN
  }
  const before = await taskSeconds()
  await work()
  const after = await taskSeconds()
  await devTools.detach()
  return (after - before) * 1000
}

async function tfjsVisFigures(context: BrowserContext): Promise<Figure[]> {
  const batches = 5_000
  const dashboard = await context.newPage()
  await dashboard.goto(APP_URL)
  await dashboard.waitForSelector('html[data-idle="true"]')
  await dashboard.addScriptTag({ url: 'harness/in-app.js', type: 'module' })
  await dashboard.waitForFunction(() => 'inApp' in window, undefined, { polling: 50 })
  const experiment = 'beside tfjs-vis'
  const kymo = await mainThreadMs(dashboard, async () => {
    await dashboard.exposeFunction('shown', () => showExperiment(dashboard, experiment))
    await dashboard.evaluate(
      ({ experiment, batches }) =>
        window.inApp.trackBatches(
          experiment,
          batches,
          (window as unknown as { shown(): Promise<void> }).shown,
        ),
      { experiment, batches },
    )
    await dashboard
      .getByText(`${batches.toLocaleString('en')} points`)
      .first()
      .waitFor()
  })
  await dashboard.close()
  const harness = await openHarness(context)
  const vis = await mainThreadMs(harness, () =>
    harness.evaluate((batches) => window.harness.showWithTfjsVis(batches), batches),
  )
  await harness.close()
  return [
    atLeast('log.tfjs_vis_vs_kymo', vis / kymo, 50, '×'),
    forInformation('log.tfjs_vis_main_thread_ms', vis, 'ms'),
    forInformation('log.kymo_main_thread_ms', kymo, 'ms'),
  ]
}

/** In the order of what they take: the last one is minutes of tfjs-vis. */
const PARTS = {
  calls: callFigures,
  overhead: overheadFigures,
  latency: latencyFigures,
  tfjs_vis: tfjsVisFigures,
}

/** What logging costs the training, and how soon a value is durable and on the screen. `only`: one part by its name. */
export const measure = (print: Print, only?: string): Promise<Measurement> => measureParts(PARTS, print, only)
