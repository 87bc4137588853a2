import type { BrowserContext } from 'playwright/test'
import { createPackedProject, type PackedProject } from './packed-project.ts'
import { codeBlocks, readText } from './readme.ts'
import { expect, openTracker, test } from './tracker-page.ts'

/** What the prose around a block takes for granted, and what is stored when it has run as it is written. */
interface Case {
  readonly before: string
  readonly after: string
  /** Newest first. */
  readonly runs: readonly object[]
  /** What its page says besides, by the name of a global. */
  readonly said?: Readonly<Record<string, unknown>>
  /** Files it speaks of. */
  readonly files?: Readonly<Record<string, string>>
}

const MODEL = `
import * as tf from '@tensorflow/tfjs'
const createModel = () => {
  const made = tf.sequential({ layers: [tf.layers.dense({ inputShape: [1], units: 1 })] })
  made.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError' })
  return made
}
let model = createModel()
const x = tf.tensor2d([[1], [2], [3], [4]])
const y = tf.tensor2d([[1], [3], [5], [7]])
`
const RUN = `
import { init } from 'kymo'
const run = init({ experiment: 'digits' })
`
const FINISH = 'await run.finish()'

/** A lane that learns nothing; its last line is the README's own. */
const LANE = `
import { runLane } from 'kymo/sweep'
import { fitCallbacks } from 'kymo/tfjs'
const train = async ({ lr }, callbacks) => {
  for (let epoch = 0; epoch < 3; epoch += 1) callbacks.onEpochEnd(epoch, { val_acc: 1 - lr })
}
`

const pages = ['README.md', 'docs/tfjs-vis.md'].map(readText)
const blocks = pages.flatMap(codeBlocks).filter(({ language }) => language === 'js')
const codeOf = (place: string): string => blocks.find((block) => block.place === place)?.code ?? ''
const lineAfter = (code: string, mark: string): string => code.split(mark)[1]?.split('\n')[0] ?? ''

const CONFIG = 'See it live beside your training 1'
const SWEEP = 'Search for good params 1'

const CASES: Readonly<Record<string, Case>> = {
  'Log a first run 1': {
    before: MODEL,
    after: '',
    runs: [
      { experiment: 'digits', status: 'finished', params: { lr: 0.01 }, metrics: { loss: { count: 20 } } },
    ],
  },
  'Log a first run 2': {
    before: `import { init } from 'kymo'\nconst train = (step) => 1 / (step + 1)\nconst evaluate = () => 0.5`,
    after: FINISH,
    runs: [
      {
        experiment: 'my loop',
        params: { lr: 0.1 },
        tags: { model: 'mlp' },
        metrics: { loss: { count: 10_000, maxStep: 9_999, last: 1e-4 }, 'val/acc': { count: 10_000 } },
      },
    ],
  },
  'What a value becomes 1': {
    before: `${MODEL}${RUN}const evaluate = async () => 0.75`,
    after: `${FINISH}\nwindow.refused = run.refusedCount`,
    runs: [
      {
        params: { optimizer: { lr: 0.001, betas: [0.9, 0.999] } },
        metrics: {
          acc: { last: 0.9 },
          done: { last: 1 },
          seen: { last: 64 },
          lr: { last: 0.01 },
          f1: { last: 0.75 },
          norm: { posInfCount: 1 },
          'train/loss': { last: 0.4 },
          'val/loss': { last: 0.6 },
          'fit/loss': { count: 3 },
          loss: { count: 5, nanCount: 1, maxStep: 10.25, backSteps: 1, last: 0.2 },
        },
      },
    ],
    said: { refused: 2 },
  },
  'Keep what comes of it 1': {
    before: `${MODEL}${RUN}
      import { checkpoints, fitCallbacks, ioHandler } from 'kymo/tfjs'
      const blob = new Blob(['all is well'])
      const epoch = 3`,
    after: `${FINISH}
      import { readArtifacts } from 'kymo'
      const { value: kept } = await readArtifacts({})
      const whole = kept.filter(({ erasedAt }) => erasedAt === null)
      window.kept = whole.map(({ name, version, aliases }) => [name, version, ...aliases].join(' ')).sort()
      if (again.layers.length !== model.layers.length) throw new Error('another model came back')`,
    runs: [{ status: 'finished', metrics: { loss: { count: 20 } } }],
    said: {
      kept: ['checkpoint 18', 'checkpoint 19', 'checkpoint 20 best', 'model 1 best', 'report 1 best'],
    },
  },
  'Hold a training, and go on from it 1': {
    before: `${MODEL}${RUN}
      import { fitCallbacks, ioHandler } from 'kymo/tfjs'
      let lr = 0.1
      const callbacks = fitCallbacks(run)
      for (let epoch = 0; epoch < 4; epoch += 1) {
        await model.fit(x, y, { epochs: 1, callbacks })`,
    after: `}\n${FINISH}\nif (lr !== 0.1) throw new Error('lr was changed by nobody')`,
    runs: [{ status: 'finished', metrics: { loss: { count: 4 } } }],
  },
  'Hold a training, and go on from it 2': {
    before: `${MODEL}
      import { forkRun, init } from 'kymo'
      import { checkpoints, fitCallbacks, storedModel } from 'kymo/tfjs'
      const parent = init({ experiment: 'digits', params: { lr: 0.01, units: 1 } })
      await model.fit(x, y, { epochs: 2, callbacks: [fitCallbacks(parent), checkpoints(parent, model)] })
      await parent.finish()
      model = null`,
    after: `await forked.value.run.finish()\nif (model === null) throw new Error('no model was loaded')`,
    runs: [{ params: { lr: 0.001, units: 1 } }, { params: { lr: 0.01, units: 1 } }],
  },
  'From tfjs-vis to Kymo 1': {
    before: MODEL,
    after: FINISH,
    runs: [{ experiment: 'digits', status: 'finished', metrics: { loss: { count: 1 } } }],
  },
  [SWEEP]: {
    before: '',
    after: 'await sweep.done',
    runs: Array.from({ length: 40 }, () => ({
      experiment: 'digits',
      group: 'first sweep',
      params: { act: expect.stringMatching(/relu|tanh/) },
    })),
    files: { 'train.js': `${LANE}${lineAfter(codeOf(SWEEP), '// train.js: ')}\n` },
  },
}

/** Imports stand before everything else, so that a block begins with its own. */
const scriptOf = ({ before, after }: Case, code: string): string => `
import { readRuns as readAll } from 'kymo'
${before}
${code}
${after}
const { value: stored } = await readAll()
window.stored = stored
`
/** What is thrown is an answer too. */
const pageOf = (script: string): string => `<!doctype html><title>README</title><script>
  const tell = ({ message, reason }) => { window.stored ??= String(message ?? reason) }
  addEventListener('error', tell)
  addEventListener('unhandledrejection', tell)
</script><script type="module" src="/${script}"></script>`

/** What its sentences name: methods of a run, and functions at the start of a piece of code. */
const NAMED = Array.from(readText('README.md').matchAll(/\brun\.(\w+)|`(\w+)\(/g), ([, method, name]) => ({
  method,
  name: name ?? '',
}))
const NAMES = `
import * as kymo from 'kymo'
import * as media from 'kymo/media'
import * as sweep from 'kymo/sweep'
import * as tfjs from 'kymo/tfjs'
const run = kymo.init({ experiment: 'names' })
const exports = { ...kymo, ...media, ...sweep, ...tfjs }
const isThere = ({ method, name }) => (method === undefined ? name in exports || name in run : method in run)
window.stored = ${JSON.stringify(NAMED)}.filter((named) => !isThere(named))
`

let project: PackedProject
let url: string
/** Of a case, as a part of file names. */
const fileOf = (place: string): string => place.toLowerCase().replaceAll(/\W+/g, '-')

test.beforeAll(async () => {
  test.setTimeout(240_000)
  project = createPackedProject()
  project.write('vite.config.js', codeOf(CONFIG))
  for (const [place, story] of Object.entries(CASES)) {
    const name = fileOf(place)
    project.write(`${name}.html`, pageOf(`${name}.js`))
    project.write(`${name}.js`, scriptOf(story, codeOf(place)))
    for (const [file, text] of Object.entries(story.files ?? {})) project.write(file, text)
  }
  project.write('names.html', pageOf('names.js'))
  project.write('names.js', NAMES)
  project.write('index.html', '<!doctype html><title>README</title>')
  url = await project.serve('vite')
})
test.afterAll(() => project.remove())

/** Runs a block in a page, and answers what the page then has to say under a name. */
async function run(context: BrowserContext, place: string) {
  const page = await context.newPage()
  await page.goto(`${url}${fileOf(place)}.html`)
  await page.waitForFunction(() => 'stored' in window, undefined, { timeout: 60_000, polling: 100 })
  return (name: string): Promise<unknown> =>
    page.evaluate((name) => Reflect.get(window, name) as unknown, name)
}

test.describe('what the README says in code', () => {
  test('is all tried', () => {
    expect(blocks.map(({ place }) => place).toSorted()).toEqual([...Object.keys(CASES), CONFIG].toSorted())
  })

  for (const [place, { runs, said = {} }] of Object.entries(CASES)) {
    test(`keeps what it says: ${place}`, async ({ context }) => {
      const page = await run(context, place)
      expect(await page('stored')).toMatchObject([...runs])
      for (const [name, value] of Object.entries(said)) expect(await page(name)).toEqual(value)
    })
  }

  test('is there by every name it says', async ({ context }) => {
    expect(NAMED.length).toBeGreaterThan(40)
    const said = await run(context, 'names')
    expect(await said('stored')).toEqual([])
  })

  test('shows the dashboard beside the training', async ({ context }) => {
    const dashboard = await openTracker(context, `${url}kymo/`)
    expect(dashboard.problems).toEqual([])
  })
})
