import type { BrowserContext, Page } from 'playwright'
import type { GrowingOrder } from '../harness/growing-runs.worker.ts'
import type { SyntheticOrder } from '../harness/synthetic.ts'
import { openHarness } from '../harness-page.ts'
import { APP_URL } from '../ports.ts'
import { atLeast, atMost, forInformation, quantile, type Figure, type Measurement } from './figure.ts'
import { measureParts, type Print } from './measure-parts.ts'
import { measureGesture } from './view/gesture.ts'
import { measureTable } from './view/table.ts'
import { measureTensorboard } from './view/tensorboard.ts'

const OPENINGS = 7
const METRICS = (count: number): string[] => Array.from({ length: count }, (_, index) => `metric_${index}`)

async function log(context: BrowserContext, order: SyntheticOrder): Promise<void> {
  const page = await openHarness(context)
  await page.evaluate((order) => window.harness.logSynthetic(order), order)
  await page.close()
}

/** The page of an experiment: where a link to it leads. */
async function addressOf(context: BrowserContext, experiment: string): Promise<string> {
  const page = await context.newPage()
  await page.goto(APP_URL)
  await page.getByRole('navigation', { name: 'Experiments' }).getByRole('link', { name: experiment }).click()
  await untilIdle(page)
  const address = page.url()
  await page.close()
  return address
}

async function untilIdle(page: Page): Promise<void> {
  await page.waitForSelector('article canvas')
  await page.waitForSelector('html[data-idle="true"]')
}

interface Opening {
  readonly idleMs: number
  readonly longestTaskMs: number
}

/** Navigates to an address until the page is idle with curves; notes the long tasks on the way. */
async function open(context: BrowserContext, address: string, points: RegExp): Promise<Opening> {
  const page = await context.newPage()
  await page.addInitScript(watchOpening)
  await page.goto(address)
  await page.waitForFunction(() => 'openedAt' in window, undefined, { polling: 50 })
  const found = await page.evaluate(() => {
    const { openedAt, longTasks } = window as unknown as { openedAt: number; longTasks: number[] }
    const receipts = [...document.querySelectorAll('.chart-frame-receipt')].map(
      (each) => each.textContent ?? '',
    )
    return { idleMs: openedAt, longestTaskMs: Math.max(0, ...longTasks), receipts }
  })
  if (!found.receipts.some((receipt) => points.test(receipt)))
    throw new Error(`the charts say ${found.receipts.slice(0, 3).join(' | ')}`)
  await page.close()
  return found
}

/** Runs in the page before its own code: when it is first idle with a chart that says how much is drawn. */
function watchOpening(): void {
  const scope = window as unknown as { openedAt?: number; longTasks: number[] }
  scope.longTasks = []
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) scope.longTasks.push(entry.duration)
  }).observe({ type: 'longtask', buffered: true })
  const look = (): void => {
    const isIdle = document.documentElement?.dataset['idle'] === 'true'
    const isDrawn = [...document.querySelectorAll('.chart-frame-receipt')].some(
      (each) => each.textContent !== '',
    )
    if (isIdle && isDrawn) scope.openedAt = performance.now()
    else setTimeout(look, 4)
  }
  look()
}

async function openings(
  context: BrowserContext,
  experiment: string,
  points: RegExp,
): Promise<{ readonly idleMs: number[]; readonly longestTaskMs: number[] }> {
  const address = await addressOf(context, experiment)
  const found: Opening[] = []
  for (let round = 0; round < OPENINGS; round += 1) found.push(await open(context, address, points))
  return {
    idleMs: found.map(({ idleMs }) => idleMs),
    longestTaskMs: found.map(({ longestTaskMs }) => longestTaskMs),
  }
}

async function firstCurve(context: BrowserContext): Promise<Figure[]> {
  const experiment = 'first curve'
  await log(context, { experiment, runs: 20, metrics: METRICS(5), points: 10_000 })
  const { idleMs, longestTaskMs } = await openings(context, experiment, /^200,000 points/)
  return [
    atMost('view.first_curve_ms', quantile(idleMs, 0.5), 1_000, 'ms'),
    forInformation('view.first_curve_ms_p95', quantile(idleMs, 0.95), 'ms'),
    forInformation('view.first_curve_long_task_ms', quantile(longestTaskMs, 0.5), 'ms'),
  ]
}

async function manyRuns(context: BrowserContext): Promise<Figure[]> {
  const experiment = 'many runs'
  await log(context, { experiment, runs: 200, metrics: METRICS(10), points: 10_000 })
  const { idleMs, longestTaskMs } = await openings(context, experiment, /^[\d,]+ points/)
  return [
    atMost('view.runs_200_open_ms', quantile(idleMs, 0.5), 1_500, 'ms'),
    forInformation('view.runs_200_open_ms_p95', quantile(idleMs, 0.95), 'ms'),
    forInformation('view.runs_200_long_task_ms', quantile(longestTaskMs, 0.5), 'ms'),
    ...(await besideTensorboard(context, quantile(idleMs, 0.5))),
  ]
}

/** Both begin with files at rest: opening Kymo's page starts its database, TensorBoard's server reads its event files. */
async function besideTensorboard(context: BrowserContext, kymoMs: number): Promise<Figure[]> {
  const { loadMs, navigationMs } = await measureTensorboard(
    context,
    { runs: 200, metrics: 10, points: 10_000 },
    OPENINGS,
  )
  const navigation = quantile(navigationMs, 0.5)
  return [
    atLeast('view.tensorboard_vs_kymo', (loadMs + navigation) / kymoMs, 5, 'x'),
    forInformation('view.tensorboard_load_ms', loadMs, 'ms'),
    forInformation('view.tensorboard_open_ms', navigation, 'ms'),
  ]
}

async function manyKeys(context: BrowserContext): Promise<Figure[]> {
  const experiment = 'many keys'
  const metrics = Array.from({ length: 2_000 }, (_, index) => `layer_${index % 50}/metric_${index}`)
  await log(context, { experiment, runs: 1, metrics, points: 100 })
  const { idleMs, longestTaskMs } = await openings(context, experiment, /^100 points/)
  return [
    atMost('view.keys_2000_open_ms', quantile(idleMs, 0.5), 1_500, 'ms'),
    atMost('view.keys_2000_long_task_ms', quantile(longestTaskMs, 0.5), 100, 'ms'),
  ]
}

async function liveRuns(context: BrowserContext): Promise<Figure[]> {
  const ticks = 150
  const order: GrowingOrder = {
    experiment: 'live runs',
    runs: 50,
    metrics: METRICS(10),
    points: 2_000,
    everyMs: 100,
    ticks,
  }
  const page = await context.newPage()
  await page.addInitScript(watchOpening)
  await page.goto(APP_URL)
  await page.evaluate(startGrowing, order)
  await page.getByRole('navigation', { name: 'Experiments' }).getByRole('link', { name: 'live runs' }).click()
  await page
    .getByText(/^10\d,\d{3} points/)
    .first()
    .waitFor()
  await page.waitForTimeout(1_000)
  const longTasks = await page.evaluate(async () => {
    const scope = window as unknown as { longTasks: number[]; grown: Promise<void> }
    scope.longTasks = []
    const frames: number[] = []
    let last = performance.now()
    let going = true
    const frame = (): void => {
      frames.push(performance.now() - last)
      last = performance.now()
      if (going) requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
    await new Promise((resolve) => setTimeout(resolve, 10_000))
    going = false
    return { tasks: scope.longTasks, frames }
  })
  await page.evaluate(() => (window as unknown as { grown: Promise<void> }).grown)
  const total = (order.points + ticks) * order.runs
  await page
    .getByText(`${total.toLocaleString('en')} points`)
    .first()
    .waitFor()
  await page.close()
  return [
    atMost('view.live_long_task_ms_max', Math.max(0, ...longTasks.tasks), 50, 'ms'),
    forInformation('view.live_long_tasks', longTasks.tasks.length, 'tasks'),
    forInformation('view.live_frame_ms_p95', quantile(longTasks.frames, 0.95), 'ms'),
  ]
}

async function startGrowing(order: GrowingOrder): Promise<void> {
  const trainer = new Worker(new URL('harness/growing-runs.worker.js', document.baseURI), { type: 'module' })
  const heard = (word: string): Promise<void> =>
    new Promise((resolve) => {
      trainer.addEventListener('message', ({ data }: MessageEvent<string>) => {
        if (data === word) resolve()
      })
    })
  ;(window as unknown as { grown: Promise<void> }).grown = heard('done')
  const started = heard('started')
  trainer.postMessage(order)
  await started
}

async function panning(context: BrowserContext): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const { curves, target } of [
    { curves: 20, target: 17 },
    { curves: 100, target: 25 },
  ]) {
    const experiment = `pan ${curves}`
    await log(context, { experiment, runs: curves, metrics: ['loss'], points: 1_000_000 })
    const page = await context.newPage()
    await page.goto(await addressOf(context, experiment))
    await untilIdle(page)
    if (curves > 50) {
      await page.getByRole('button', { name: 'Hide all runs' }).click()
      await page.getByRole('button', { name: 'Show all runs in charts' }).click()
      await untilIdle(page)
    }
    await page.getByText(`${(curves * 1_000_000).toLocaleString('en')} points`).waitFor()
    const { intervals, tasks } = await measureGesture(page)
    figures.push(
      atMost(`view.pan_${curves}_frame_ms_p95`, quantile(intervals, 0.95), target, 'ms'),
      forInformation(`view.pan_${curves}_frame_ms_p50`, quantile(intervals, 0.5), 'ms'),
      forInformation(`view.pan_${curves}_work_ms_p95`, quantile(tasks, 0.95), 'ms'),
    )
    await page.close()
  }
  return figures
}

async function hiding(context: BrowserContext): Promise<Figure[]> {
  const experiment = 'hide and show'
  await log(context, { experiment, runs: 50, metrics: METRICS(5), points: 10_000 })
  const page = await context.newPage()
  await page.goto(await addressOf(context, experiment))
  await untilIdle(page)
  await page.getByRole('radio', { name: /Wall/ }).check({ force: true })
  await untilIdle(page)
  const times: number[] = []
  for (let round = 0; round < 20; round += 1) {
    const name = round % 2 === 0 ? 'Hide all runs' : 'Show all runs in charts'
    times.push(await page.evaluate(toggle, name))
    await untilIdle(page).catch(() => undefined)
  }
  await page.close()
  return [
    atMost('view.hide_show_50_ms', quantile(times, 0.95), 100, 'ms'),
    forInformation('view.hide_show_50_ms_p50', quantile(times, 0.5), 'ms'),
  ]
}

/** Those in view. */
const SORTED_COLUMNS = ['param:lr', 'param:param_0', 'param:depth', 'param:param_3']

async function table(context: BrowserContext): Promise<Figure[]> {
  const experiment = 'table'
  const params = 27
  await log(context, { experiment, runs: 10_000, metrics: METRICS(5), points: 2, params })
  const given = ['lr', 'depth', ...Array.from({ length: params }, (_, index) => `param_${index}`)]
  const columns = [
    'run:startedAt',
    ...given.map((key) => `param:${key}`),
    ...METRICS(5).flatMap((key) => [`metric.last:${key}`, `metric.min:${key}`]),
  ]
  const page = await context.newPage()
  const address = await addressOf(context, experiment)
  const view = new URLSearchParams({ tab: 'table', table: JSON.stringify({ columns }) })
  await page.goto(`${address.split('?')[0] ?? ''}?${view.toString()}`)
  await page.getByRole('grid').waitFor()
  await page.waitForSelector('html[data-idle="true"]')
  const { sortMs, blankFrames } = await measureTable(page, SORTED_COLUMNS, 24)
  await page.close()
  return [
    atMost('view.table_10k_sort_ms_p95', quantile(sortMs, 0.95), 100, 'ms'),
    forInformation('view.table_10k_sort_ms_p50', quantile(sortMs, 0.5), 'ms'),
    atMost('view.table_blank_frames', blankFrames, 1, 'frames'),
  ]
}

/** Clicks a button and waits until the page has drawn what follows from it. */
async function toggle(label: string): Promise<number> {
  const button = document.querySelector<HTMLButtonElement>(`button[aria-label="${label}"]`)
  if (button === null) throw new Error(`There is no button ${label}.`)
  const start = performance.now()
  button.click()
  do await new Promise((resolve) => requestAnimationFrame(resolve))
  while (document.documentElement.dataset['idle'] !== 'true')
  return performance.now() - start
}

/** Averages over the learning rate, which groups runs by the two other params, and waits until the bands are drawn. */
async function averageOverLr(): Promise<number> {
  const box = [...document.querySelectorAll('.average-over-choice label')].find(
    (label) => label.textContent === 'lr',
  )
  if (!(box instanceof HTMLElement)) throw new Error('Runs cannot be averaged over lr.')
  const start = performance.now()
  box.click()
  do await new Promise((resolve) => requestAnimationFrame(resolve))
  while (
    document.querySelector('.chart-frame-receipt')?.textContent.includes('means of') !== true ||
    document.documentElement.dataset['idle'] !== 'true'
  )
  // This frame is yet to be painted; a task comes after that.
  await new Promise((resolve) => setTimeout(resolve))
  return performance.now() - start
}

async function grouping(context: BrowserContext): Promise<Figure[]> {
  const experiment = 'groups'
  await log(context, { experiment, runs: 200, metrics: ['loss'], points: 10_000, isGrid: true })
  const address = await addressOf(context, experiment)
  const times: number[] = []
  for (let round = 0; round < OPENINGS; round += 1) {
    const page = await context.newPage()
    await page.goto(address)
    await untilIdle(page)
    await page.getByRole('button', { name: /^Group by/ }).click()
    await page.getByRole('checkbox', { name: 'lr' }).waitFor()
    await untilIdle(page)
    times.push(await page.evaluate(averageOverLr))
    await page.getByText('2,000,000 points, means of 200 runs in 24 groups').waitFor()
    // What was chosen is remembered; the next page begins with runs again.
    await page.getByRole('checkbox', { name: 'lr' }).uncheck()
    await untilIdle(page)
    await page.close()
  }
  return [
    atMost('view.group_200_runs_ms', quantile(times, 0.5), 300, 'ms'),
    forInformation('view.group_200_runs_ms_p95', quantile(times, 0.95), 'ms'),
  ]
}

const PARTS = {
  first_curve: firstCurve,
  live: liveRuns,
  runs: manyRuns,
  keys: manyKeys,
  pan: panning,
  hide: hiding,
  group: grouping,
  table,
}

/** How soon the workspace shows what is stored, and how smoothly it moves. `only`: one part by its name. */
export const measure = (print: Print, only?: string): Promise<Measurement> => measureParts(PARTS, print, only)
