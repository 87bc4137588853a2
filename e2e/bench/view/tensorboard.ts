import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { BrowserContext } from 'playwright'
import { ensurePython } from '../peers/venv.ts'

export interface TensorboardTimes {
  /** From the start of its server until every run is loaded. Unit: milliseconds. */
  readonly loadMs: number
  /** From the navigation until curves show, the server being ready. */
  readonly navigationMs: readonly number[]
}

interface Order {
  readonly runs: number
  readonly metrics: number
  readonly points: number
}

const PORT = 6_117
const LOAD_DEADLINE_MS = 10 * 60_000

/**
 * TensorBoard over event files of its own, in the same browser: how long until its server has read them, and until its page
 * shows curves. Errors: throws why it cannot be measured here.
 */
export async function measureTensorboard(
  context: BrowserContext,
  order: Order,
  rounds: number,
): Promise<TensorboardTimes> {
  const python = ensurePython(import.meta.dirname, 'requirements.txt')
  if (!python.ok) throw new Error(python.error)
  const folder = mkdtempSync(join(tmpdir(), 'kymo-tensorboard-'))
  try {
    const script = join(import.meta.dirname, 'write_events.py')
    const sizes = [order.runs, order.metrics, order.points].map(String)
    const written = spawnSync(python.value, [script, folder, ...sizes], { encoding: 'utf8' })
    if (written.status !== 0) throw new Error(`The event files could not be written: ${written.stderr}`)
    const started = performance.now()
    const server = spawn(
      join(dirname(python.value), 'tensorboard'),
      ['--logdir', folder, '--port', String(PORT), '--host', '127.0.0.1'],
      { stdio: 'ignore' },
    )
    try {
      await untilLoaded(order, started)
      const loadMs = performance.now() - started
      const navigationMs: number[] = []
      for (let round = 0; round < rounds; round += 1) navigationMs.push(await open(context))
      return { loadMs, navigationMs }
    } finally {
      server.kill()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Until the last point of the last metric of every run is served. */
async function untilLoaded({ runs, metrics, points }: Order, started: number): Promise<void> {
  const waiting = new Set(Array.from({ length: runs }, (_, run) => `run_${run}`))
  while (waiting.size > 0) {
    if (performance.now() - started > LOAD_DEADLINE_MS) throw new Error('TensorBoard did not load its files.')
    for (const run of waiting) {
      const last = await lastStep(run, `metric_${metrics - 1}`)
      if (last !== points - 1) break
      waiting.delete(run)
    }
    if (waiting.size > 0) await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function lastStep(run: string, tag: string): Promise<number | null> {
  try {
    const query = new URLSearchParams({ run, tag })
    const answer = await fetch(`http://127.0.0.1:${PORT}/data/plugin/scalars/scalars?${query.toString()}`)
    if (!answer.ok) return null
    const points = (await answer.json()) as readonly (readonly [number, number, number])[]
    return points.at(-1)?.[1] ?? null
  } catch {
    // Not listening yet.
    return null
  }
}

/** Navigates to its time series until the first card shows values of its curves. */
async function open(context: BrowserContext): Promise<number> {
  const page = await context.newPage()
  await page.addInitScript(() => {
    const scope = window as unknown as { shownAt?: number }
    const look = (): void => {
      const isShown = document.querySelector('scalar-card tb-data-table-content-row') !== null
      if (isShown) requestAnimationFrame(() => (scope.shownAt = performance.now()))
      else setTimeout(look, 4)
    }
    look()
  })
  await page.goto(`http://127.0.0.1:${PORT}/#timeseries`)
  await page.waitForFunction(() => 'shownAt' in window, undefined, { polling: 50, timeout: 120_000 })
  const shownAt = await page.evaluate(() => (window as unknown as { shownAt: number }).shownAt)
  await page.close()
  return shownAt
}
