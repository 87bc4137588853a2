import { resolve } from 'node:path'
import type { BrowserContext } from 'playwright/test'
import { createPackedProject, type PackedProject } from './packed-project.ts'
import { expect, openTracker, test } from './tracker-page.ts'

/** A training as somebody writes it; the three lines of Kymo are the two imports' calls. */
const TRAINING = `
import * as tf from '@tensorflow/tfjs'
import { init } from 'kymo'
import { fitCallbacks } from 'kymo/tfjs'

const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [1], units: 1 })] })
model.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError' })
const x = tf.tensor2d([[1], [2], [3], [4]])
const y = tf.tensor2d([[1], [3], [5], [7]])

const run = init({ experiment: 'line', params: { lr: 0.01 } })
await model.fit(x, y, { epochs: 400, callbacks: fitCallbacks(run) })
await run.finish()
document.title = 'trained'
`

/** A sweep as somebody writes it, with a worker of theirs for the trials. */
const SWEEP = `
import { choice, createSweep, logUniform } from 'kymo/sweep'

const sweep = createSweep({
  experiment: 'search',
  params: { lr: logUniform(1e-4, 1), act: choice(['relu', 'tanh']) },
  metric: 'loss',
  direction: 'min',
  runs: 6,
  lanes: 2,
  lane: () => new Worker(new URL('./lane.js', import.meta.url), { type: 'module' }),
})
const end = await sweep.done
document.title = end.ok ? \`best of \${end.value.trials.length}: \${end.value.best?.status}\` : end.error
`
const LANE = `
import { runLane } from 'kymo/sweep'

runLane(async ({ lr }, { report, signal }) => {
  for (let step = 0; step < 5 && !signal.aborted; step += 1) {
    report(Math.abs(Math.log10(lr) + 2) + 1 / (step + 1), step)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
})
`
const SWEEP_PAGE = '<!doctype html><title>sweep</title><script type="module" src="/sweep.js"></script>'

/** A picture and a film, whose encoders are workers of their own. */
const LOOKING = `
import { init } from 'kymo'
import { image, table, video } from 'kymo/media'

const frame = new OffscreenCanvas(32, 32)
frame.getContext('2d').fillRect(8, 8, 16, 16)
const run = init({ experiment: 'looks', params: {} })
run.log({ picture: image(frame), film: video([frame, frame]), rows: table([{ n: 1, picture: image(frame) }]) })
await run.finish()
document.title = run.refusedCount === 0 ? 'logged' : 'refused'
`

/** The least there is: a run, and how many there are now. */
const PLAIN = `
import { init, readRuns } from 'kymo'

const run = init({ experiment: 'plain', params: {} })
run.log({ loss: 1 })
const kept = await run.finish()
const { value: runs } = await readRuns()
document.title = kept.value.storage + ', ' + runs.length + (runs.length === 1 ? ' run' : ' runs')
`

const FROM_WORKER = `
const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
worker.onmessage = ({ data }) => { document.title = data }
`
const IN_WORKER = PLAIN.replace(/document\.title = (.+)/, 'postMessage($1)')

const PAGE = '<!doctype html><title>training</title><script type="module" src="/train.js"></script>'
const CONFIG = `import { kymo } from 'kymo/vite'\nexport default { plugins: [kymo()] }\n`

/** Builds the page of the sweep too. */
const SWEEP_CONFIG = `import { kymo } from 'kymo/vite'
export default { plugins: [kymo()], build: { rolldownOptions: { input: ['index.html', 'sweep.html'] } } }
`

let project: PackedProject

test.beforeAll(() => {
  test.setTimeout(240_000)
  project = createPackedProject()
  project.write('index.html', PAGE)
  project.write('train.js', TRAINING)
  project.write('sweep.html', SWEEP_PAGE)
  project.write('sweep.js', SWEEP)
  project.write('lane.js', LANE)
})

test.afterAll(() => project.remove())

/** Trains on one page and looks at it on the dashboard that the same project serves under /kymo/. */
async function trainAndWatch(context: BrowserContext, url: string): Promise<void> {
  const training = await context.newPage()
  await training.goto(url)
  const dashboard = await openTracker(context, `${url}kymo/`)
  await dashboard.experiment('line').click({ timeout: 20_000 })
  await expect.poll(() => dashboard.drawnPoints('loss'), { timeout: 30_000 }).toBeGreaterThan(5)
  const early = await dashboard.drawnPoints('loss')
  if (early < 400) await expect.poll(() => dashboard.drawnPoints('loss')).toBeGreaterThan(early)
  await expect(training).toHaveTitle('trained', { timeout: 60_000 })
  await expect.poll(() => dashboard.drawnPoints('loss')).toBe(400)
  expect(dashboard.problems).toEqual([])
}

/** Sweeps on one page and looks at the trials on the dashboard. */
async function sweepAndWatch(context: BrowserContext, url: string): Promise<void> {
  const page = await context.newPage()
  await page.goto(`${url}sweep.html`)
  await expect(page).toHaveTitle('best of 6: finished', { timeout: 60_000 })
  const dashboard = await openTracker(context, `${url}kymo/`)
  await dashboard.openExperiment('search')
  await expect(dashboard.runRows).toHaveCount(6)
  expect(dashboard.problems).toEqual([])
}

test.describe('the packed library in an empty Vite project', () => {
  test('tracks a training with three lines and shows it live under /kymo/', async ({ context }) => {
    project.write('vite.config.js', CONFIG)
    await trainAndWatch(context, await project.serve('vite'))
  })

  test('tracks it in the built project too', async ({ context }) => {
    project.write('vite.config.js', CONFIG)
    project.run('npx', 'vite', 'build', '--target', 'es2022')
    await trainAndWatch(context, await project.serve('vite', 'preview'))
  })

  test('keeps what is logged without the plugin too', async ({ context }) => {
    project.write('vite.config.js', 'export default {}\n')
    project.write('index.html', PAGE.replace('train.js', 'plain.js'))
    project.write('plain.js', PLAIN)
    const url = await project.serve('vite')
    const page = await context.newPage()
    await page.goto(url)
    await expect(page).toHaveTitle('opfs, 1 run', { timeout: 30_000 })
    await page.goto(`${url}?again`)
    await expect(page).toHaveTitle('opfs, 2 runs')
    project.write('index.html', PAGE)
  })

  test('keeps what a worker of the project logs, built with the one setting that takes', async ({
    context,
  }) => {
    project.write('vite.config.js', `export default { worker: { format: 'es' } }\n`)
    project.write('index.html', PAGE.replace('train.js', 'from-worker.js'))
    project.write('from-worker.js', FROM_WORKER)
    project.write('worker.js', IN_WORKER)
    project.run('npx', 'vite', 'build', '--target', 'es2022')
    const page = await context.newPage()
    await page.goto(await project.serve('vite', 'preview'))
    await expect(page).toHaveTitle('opfs, 1 run', { timeout: 30_000 })
    project.write('index.html', PAGE)
  })

  test('shows the dashboard at the base of the project, in development and built, and prints where', async () => {
    project.write('vite.config.js', CONFIG.replace('plugins', "base: '/repo/', plugins"))
    project.run('npx', 'vite', 'build', '--target', 'es2022')
    for (const server of [['vite'], ['vite', 'preview']]) {
      const url = await project.serve(...server)
      for (const path of ['repo/kymo/', 'kymo/', 'kymo']) {
        const response = await fetch(url + path)
        expect([response.url, await response.text()]).toEqual([
          `${url}repo/kymo/`,
          expect.stringContaining('<title>Kymo</title>'),
        ])
      }
      await expect.poll(() => project.output).toContain(`Kymo:    ${url}repo/kymo/`)
    }
  })

  test('sweeps over params in workers of the project', async ({ context }) => {
    project.write('vite.config.js', CONFIG)
    await sweepAndWatch(context, await project.serve('vite'))
  })

  test('sweeps in the built project too', async ({ context }) => {
    project.write('vite.config.js', CONFIG)
    project.write('sweep.config.js', SWEEP_CONFIG)
    project.run('npx', 'vite', 'build', '--target', 'es2022', '--config', 'sweep.config.js')
    await sweepAndWatch(context, await project.serve('vite', 'preview'))
  })

  test('makes pictures and films in its workers, in development and built', async ({ context }) => {
    project.write('vite.config.js', CONFIG)
    project.write('index.html', PAGE.replace('train.js', 'look.js'))
    project.write('look.js', LOOKING)
    const servers = [['vite'], ['vite', 'preview']]
    for (const server of servers) {
      if (server.length > 1) project.run('npx', 'vite', 'build', '--target', 'es2022')
      const page = await context.newPage()
      const workers: string[] = []
      page.on('worker', (worker) => workers.push(worker.url()))
      await page.goto(await project.serve(...server))
      await expect(page).toHaveTitle('logged', { timeout: 30_000 })
      // The tracker's and two threads for encoding, not the one of the page that stands in for them.
      expect(workers.filter((url) => url.startsWith('blob:'))).toHaveLength(3)
    }
    project.write('index.html', PAGE)
  })

  test('brings types that need no library but that of the language', () => {
    const tsc = resolve(import.meta.dirname, '../node_modules/.bin/tsc')
    const entries = ['', '/tfjs', '/sweep', '/media'].map((entry) => `import * as _ from 'kymo${entry}'\n`)
    project.write('types.ts', entries.map((line, index) => line.replace('_', `_${index}`)).join(''))
    const options = ['--strict', '--noEmit', '--pretty', 'false', '--module', 'esnext', '--ignoreConfig']
    for (const lib of ['es2022', 'es2022,dom', 'es2022,webworker']) {
      const check = ['--moduleResolution', 'bundler', '--lib', lib, '--types', '']
      expect(project.run(tsc, ...options, '--target', 'es2022', ...check, 'types.ts')).toBe('')
    }
  })

  test('brings its types', () => {
    const tsc = resolve(import.meta.dirname, '../node_modules/.bin/tsc')
    const options = ['--strict', '--noEmit', '--pretty', 'false', '--module', 'esnext', '--target', 'es2022']
    const check = (): string =>
      // The types of tfjs itself have errors, so libraries are not checked.
      project.run(
        tsc,
        ...options,
        '--moduleResolution',
        'bundler',
        '--skipLibCheck',
        '--ignoreConfig',
        'train.ts',
      )
    project.write('train.ts', TRAINING)
    expect(check()).toBe('')
    project.write('train.ts', LOOKING.replace("getContext('2d')", "getContext('2d')!"))
    expect(check()).toBe('')
    project.write('train.ts', `${TRAINING}\nexport const wrong: number = run.name\n`)
    expect(check).toThrow(/error TS2322: Type 'string' is not assignable to type 'number'/)

    const search = `experiment: 'x', params: { lr: uniform(0, 1), act: choice(['relu', 'tanh']), n: 3 }, metric: 'loss'`
    const sweep = (objective: string): string =>
      `import { choice, createSweep, uniform } from 'kymo/sweep'
       createSweep({ ${search}, direction: 'min', objective: ${objective} })`
    project.write('train.ts', sweep(`({ lr, act, n }) => (act === 'relu' ? lr : lr * n)`))
    expect(check()).toBe('')
    project.write('train.ts', sweep(`({ act }) => (act === 'gelu' ? 0 : 1)`))
    expect(check).toThrow(/error TS2367/)
  })
})
