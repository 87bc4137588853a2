import type { BrowserContext, Page } from 'playwright'
import type { SoakCounts } from '../harness/soak.ts'
import { APP_URL, HARNESS_URL } from '../ports.ts'
import { createProfile } from '../profile.ts'
import { openHeapProbe, type HeapProbe, type HeapUsage } from './heap-probe.ts'
import { medianUsage, sumUsage } from './usage.ts'

const EXPERIMENT = 'soak'
const MINUTE_MS = 60_000
/** Growth counts from here on: caches and tails have filled by then. */
const MARK_MS = 5 * MINUTE_MS
/** A short soak is for trying it out; its mark comes after this part of it. */
const MARK_PART = 1 / 6
const SAMPLES = 5
const STOP_MS = 2 * MINUTE_MS

export interface SoakOptions {
  readonly minutes: number
  /** Opens the app on the experiment beside it. */
  readonly watched: boolean
  readonly print: (line: string) => void
}

/** The medians around one moment. */
export interface Moment {
  readonly name: string
  readonly atMs: number
  readonly page: HeapUsage
  readonly worker: HeapUsage
}

export interface SoakOutcome {
  readonly counts: SoakCounts
  readonly moments: readonly Moment[]
  /** How much more page and worker hold at the end than at the mark. 0.05 is five per cent. */
  readonly growth: number
  readonly browser: string
}

/** Logs at a steady pace for `minutes` and measures what stays in memory. */
export async function soak({ minutes, watched, print }: SoakOptions): Promise<SoakOutcome> {
  const durationMs = minutes * MINUTE_MS
  const spacingMs = Math.min(2_000, durationMs / 60)
  const profile = await createProfile()
  const context = await profile.launch()
  try {
    const page = await openHarness(context)
    const probe = await openHeapProbe(page)
    await page.evaluate(async (name) => (await window.harness.loadSoak()).start(name), EXPERIMENT)
    const startedAt = Date.now()
    if (watched) await openApp(context)

    const markMs = Math.min(MARK_MS, durationMs * MARK_PART)
    const moments: Moment[] = []
    for (const [name, atMs] of [
      ['start', 0],
      ['mark', markMs],
      ['middle', durationMs / 2],
      ['end', durationMs],
    ] as const) {
      // Samples lie around a moment, but for the first and the last.
      const half = (SAMPLES - 1) * spacingMs
      const from = name === 'start' ? spacingMs : name === 'end' ? atMs - half : atMs - half / 2
      await pause(startedAt + from - Date.now())
      const moment = { name, atMs, ...(await sample(probe, spacingMs)) }
      moments.push(moment)
      print(describe(moment))
    }
    const counts = await stop(page)
    return {
      counts,
      moments,
      growth: growthOf(moments),
      browser: `Chromium ${context.browser()?.version() ?? ''}`,
    }
  } finally {
    await context.close()
    await profile.remove()
  }
}

async function openHarness(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto(HARNESS_URL)
  await page.waitForFunction(() => 'harness' in window, undefined, { polling: 50 })
  return page
}

async function openApp(context: BrowserContext): Promise<void> {
  const app = await context.newPage()
  await app.goto(APP_URL)
  await app.getByRole('navigation', { name: 'Experiments' }).getByRole('link', { name: EXPERIMENT }).click()
}

async function sample(probe: HeapProbe, spacingMs: number): Promise<Pick<Moment, 'page' | 'worker'>> {
  const pages: HeapUsage[] = []
  const workers: HeapUsage[] = []
  for (let taken = 0; taken < SAMPLES; taken += 1) {
    if (taken > 0) await pause(spacingMs)
    const threads = await probe.measure()
    pages.push(sumUsage(threads.filter(({ thread }) => thread === 'page')))
    workers.push(sumUsage(threads.filter(({ thread }) => thread === 'worker')))
  }
  return { page: medianUsage(pages), worker: medianUsage(workers) }
}

async function stop(page: Page): Promise<SoakCounts> {
  const late = pause(STOP_MS).then(() => {
    throw new Error('the last points were not stored in time')
  })
  return Promise.race([page.evaluate(async () => (await window.harness.loadSoak()).stop()), late])
}

function growthOf(moments: readonly Moment[]): number {
  const held = (name: string): number => {
    const moment = moments.find((moment) => moment.name === name)
    if (moment === undefined) throw new Error(`The moment ${name} was not measured.`)
    const { js, buffers } = sumUsage([moment.page, moment.worker])
    return js + buffers
  }
  return held('end') / held('mark') - 1
}

function describe({ name, atMs, page, worker }: Moment): string {
  return `${name.padEnd(7)} ${(atMs / MINUTE_MS).toFixed(1).padStart(5)} min   page ${inMegabytes(page)}   worker ${inMegabytes(worker)}`
}

function inMegabytes({ js, buffers, wasm }: HeapUsage): string {
  return [js, buffers, wasm].map((bytes) => (bytes / 2 ** 20).toFixed(2).padStart(7)).join(' ')
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))
}
