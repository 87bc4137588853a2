import type { Page } from 'playwright'
import { createProfile } from '../../profile.ts'
import { createViteProject, type ViteProject } from '../../vite-project.ts'
import { atMost, forInformation, quantile, type Figure } from '../figure.ts'
import { join } from 'node:path'

const PAGE = '<!doctype html><title>bench</title><script type="module" src="/training.js"></script>'

/** Ten metrics, a thousand steps a second each. */
const LOGGING = `
import { init } from 'kymo'
const run = init({ experiment: 'bench' })
const startedAt = performance.now()
let step = 0
setInterval(() => {
  for (const due = performance.now() - startedAt; step < due; step += 1) {
    const values = {}
    for (let series = 0; series < 10; series += 1) values['metric' + series] = step * series
    run.log(values)
  }
}, 4)
`

/** Trains the same network with and without tracking, in turns, and leaves how long each took. */
const TRAINING = `
import * as tf from '@tensorflow/tfjs'
import { init } from 'kymo'
import { fitCallbacks, nextTask } from 'kymo/tfjs'

const x = tf.randomNormal([1_600, 64], 0, 1, 'float32', 7)
const y = tf.oneHot(tf.randomUniform([1_600], 0, 10, 'int32', 8), 10)
const model = tf.sequential({ layers: [
  tf.layers.dense({ inputShape: [64], units: 64, activation: 'relu' }),
  tf.layers.dense({ units: 10, activation: 'softmax' }),
] })
model.compile({ optimizer: tf.train.adam(0.002), loss: 'categoricalCrossentropy', metrics: ['accuracy'] })
async function time(callbacks) {
  const startedAt = performance.now()
  await model.fit(x, y, { epochs: 5, batchSize: 32, shuffle: false, verbose: 0, callbacks })
  return performance.now() - startedAt
}
// Our callbacks bring this pacing, so both sides have it and only the tracking differs.
const plain = () => time({ onBatchEnd: () => undefined, nextFrameFunc: nextTask })
async function tracked() {
  const run = init({ experiment: 'bench' })
  await run.flush()
  const ms = await time(fitCallbacks(run))
  await run.finish()
  return ms
}
await tf.setBackend('cpu')
await plain()
await tracked()
globalThis.ratios = []
for (let pair = 0; pair < 40; pair += 1) {
  const first = pair % 2 === 0
  const [a, b] = [await (first ? tracked : plain)(), await (first ? plain : tracked)()]
  globalThis.ratios.push(first ? a / b : b / a)
}
document.title = 'done'
`

const WATCHED_S = 30

/** From the call of \`log\` in a page under \`vite dev\` to its row in another process, at 10,000 points a second. */
export function mirrorLag(node: (script: string, args: readonly string[]) => string): Promise<Figure[]> {
  return withProject(LOGGING, async (project, page) => {
    await page.waitForTimeout(5_000)
    const file = join(project.folder, '.kymo', 'bench.db')
    const watched = JSON.parse(
      node(join(import.meta.dirname, 'watch-disk.mjs'), [file, 'metric0', String(WATCHED_S)]),
    ) as { readonly lags: readonly number[] }
    if (watched.lags.length < (WATCHED_S - 3) * 1_000)
      throw new Error(`only ${watched.lags.length} steps were seen in ${WATCHED_S} s`)
    return [
      atMost('node.mirror_lag_ms_p95', quantile(watched.lags, 0.95), 1_000, 'ms'),
      forInformation('node.mirror_lag_ms_p50', quantile(watched.lags, 0.5), 'ms'),
      forInformation('node.mirror_lag_ms_max', quantile(watched.lags, 1), 'ms'),
    ]
  })
}

/** A training that is tracked and kept on disk against one that is not tracked. */
export function mirrorOverhead(): Promise<Figure[]> {
  return withProject(TRAINING, async (project, page) => {
    await page.waitForFunction(() => document.title === 'done', undefined, { timeout: 600_000 })
    const ratios = await page.evaluate(() => (globalThis as unknown as { ratios: number[] }).ratios)
    const [found] = project.command<{ n: number }[]>('query', 'select count(*) as n from metrics') ?? []
    // 41 runs of 5 epochs of 50 batches, of which each logs two metrics, and two more an epoch.
    if ((found?.n ?? 0) < 41 * 5 * 50 * 2) throw new Error(`only ${found?.n} points are on disk`)
    return [
      atMost('node.training_overhead_with_mirror', quantile(ratios, 0.5), 1.01, '×'),
      forInformation('node.training_overhead_with_mirror_p95', quantile(ratios, 0.95), '×'),
    ]
  })
}

async function withProject(
  training: string,
  work: (project: ViteProject, page: Page) => Promise<Figure[]>,
): Promise<Figure[]> {
  const project = await createViteProject({ 'index.html': PAGE, 'training.js': training })
  const profile = await createProfile()
  const context = await profile.launch()
  try {
    project.link('@tensorflow/tfjs')
    await project.start()
    const page = await context.newPage()
    await page.goto(project.url)
    return await work(project, page)
  } finally {
    await context.close()
    await profile.remove()
    await project.remove()
  }
}
