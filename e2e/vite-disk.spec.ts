import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright/test'
import { crash } from './crash.ts'
import { createProfile } from './profile.ts'
import { expect, test, TrackerPage } from './tracker-page.ts'
import { createViteProject, type ViteProject } from './vite-project.ts'

const PAGE = '<!doctype html><title>training</title><script type="module" src="/training.js"></script>'

/** Ten series, pictures and lines of the console until somebody says `end()`. */
const TRAINING = `
import { init } from 'kymo'
import { image } from 'kymo/media'

const name = new URLSearchParams(location.search).get('name') ?? 'run'
const run = init({ experiment: 'digits', name, params: { lr: 0.01, model: { units: [16, 8] } }, tags: { from: 'vite' } })
run.captureConsole()
const weights = new Blob(['0123456789'.repeat(300_000)])
const stored = run.logArtifact('weights', weights, { aliases: ['best'] })
const canvas = new OffscreenCanvas(8, 8)
canvas.getContext('2d').fillRect(0, 0, 4, 4)
let step = 0
let isOver = false
globalThis.end = async () => {
  isOver = true
  await stored
  const finished = await run.finish()
  return finished.ok ? step : finished.error.message
}
function log() {
  if (isOver) return
  for (let more = 0; more < 20; more += 1, step += 1) {
    const values = {}
    for (let series = 0; series < 10; series += 1) values['metric' + series] = step * series
    run.log(values)
  }
  if (step % 1000 === 0) {
    console.log('at step ' + step)
    run.log({ picture: image(canvas) }, { step })
  }
  document.title = 'step ' + step
}
setInterval(log, 20)
`

let project: ViteProject
test.beforeEach(async () => {
  project = await createViteProject({ 'index.html': PAGE, 'training.js': TRAINING })
})
test.afterEach(() => project.remove())

/** A row for each run: how much of it is on the disk. */
interface OnDisk {
  readonly name: string
  readonly status: string
  readonly points: number
  readonly distinct: number
}
const COUNT = `select r.name, r.status, count(*) as points, count(distinct m.key || ' ' || m.step) as "distinct"
  from runs r join metrics m on m.run_id = r.id group by r.id order by r.name`

/** What else there is: of the run that ended by itself, and of both. */
const REST = `select
  (select count(*) from arrays a join runs r on r.id = a.run_id where r.name = 'b') as pictures,
  (select count(*) from console_lines l join runs r on r.id = l.run_id where r.name = 'b' and text like 'at step%') as lines,
  (select count(*) from artifacts) as artifacts, (select total(bytes) from artifact_files) as bytes,
  (select count(*) from artifact_aliases where alias = 'best') as best`

function onDisk(): readonly OnDisk[] {
  return project.command<OnDisk[]>('query', COUNT, '--experiment', 'digits') ?? []
}

function pointsOnDisk(): number {
  return onDisk().reduce((sum, { points }) => sum + points, 0)
}

async function train(context: BrowserContext, name: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${project.url}?name=${name}`)
  await expect(page).toHaveTitle(/^step/)
  return page
}

/** Ends the training and answers how many steps it logged. */
async function end(page: Page): Promise<number> {
  const steps = await page.evaluate(() => (globalThis as unknown as { end(): Promise<unknown> }).end())
  expect(steps).toEqual(expect.any(Number))
  return Number(steps)
}

test('keeps what is tracked in the folder of the project through kills of server, file and tab', async () => {
  test.setTimeout(240_000)
  const profile = await createProfile()
  const context = await profile.launch()
  try {
    await project.start()
    const first = await train(context, 'a')
    await expect.poll(pointsOnDisk).toBeGreaterThan(1_000)

    await project.kill()
    const before = pointsOnDisk()
    await first.waitForTimeout(2_000)
    await project.start()
    await expect.poll(pointsOnDisk).toBeGreaterThan(before)

    rmSync(join(project.folder, '.kymo'), { recursive: true })
    await expect.poll(pointsOnDisk).toBeGreaterThan(before)

    // Another tab lives on, so that somebody marks the run of the crashed one.
    const second = await train(context, 'b')
    await crash(first)
    await expect.poll(() => onDisk().find(({ name }) => name === 'a')?.status).toBe('killed')

    await project.kill()
    const steps = await end(second)
    await project.start()
    await expect
      .poll(() => onDisk().find(({ name }) => name === 'b'))
      .toEqual({ name: 'b', status: 'finished', points: steps * 10, distinct: steps * 10 })

    const [a] = onDisk()
    expect(a?.points).toBe(a?.distinct)
    const here = await second.evaluate(async () => {
      const { readRuns } = await import('/node_modules/kymo/dist/lib/kymo.js' as string)
      const runs = await readRuns({ experiment: 'digits' })
      return runs.value.map(
        ({ name, metrics }: { name: string; metrics: Record<string, { count: number }> }) => [
          name,
          Object.values(metrics).reduce((sum, { count }) => sum + count, 0),
        ],
      )
    })
    expect(Object.fromEntries(here)).toEqual({ a: a?.points, b: steps * 10 })
    const spoken = Math.floor(steps / 1_000)
    expect(project.command('query', REST)).toEqual([
      { pictures: spoken, lines: spoken, artifacts: 1, bytes: 3_000_000, best: 1 },
    ])
    expect(project.command('query', 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  } finally {
    await context.close()
    await profile.remove()
  }
})

test('takes two browsers at once, and what they tracked while there was no server', async () => {
  const profiles = [await createProfile(), await createProfile()]
  const contexts = await Promise.all(profiles.map((profile) => profile.launch()))
  try {
    await project.start()
    const pages = await Promise.all(contexts.map((context, index) => train(context, `browser ${index}`)))
    await expect.poll(() => onDisk().length).toBe(2)
    await project.kill()
    const steps = await Promise.all(pages.map(end))
    await project.start()
    const all = steps.map((count, index) => ({
      name: `browser ${index}`,
      status: 'finished',
      points: count * 10,
      distinct: count * 10,
    }))
    await expect.poll(onDisk).toEqual(all)
    expect(project.command('query', 'select count(*) as n from experiments')).toEqual([{ n: 1 }])
  } finally {
    for (const context of contexts) await context.close()
    for (const profile of profiles) await profile.remove()
  }
})

test('offers a browser that has nothing what is on disk, and says where it is', async () => {
  const [trained, fresh] = [await createProfile(), await createProfile()]
  try {
    await project.start()
    const training = await trained.launch()
    const steps = await end(await train(training, 'a'))
    await expect.poll(pointsOnDisk).toBe(steps * 10)
    await training.close()

    const context = await fresh.launch()
    const kymo = new TrackerPage(await context.newPage())
    await kymo.goto(`${project.url}kymo/`)
    const offer = kymo.page.getByRole('region', { name: 'Experiments on disk' })
    await expect(offer).toContainText('1 experiment in .kymo/ that this browser lacks: digits (1 run).')
    await expect(kymo.page.getByText('Also on disk: .kymo/')).toBeVisible()
    await offer.getByRole('button', { name: 'Import' }).click()
    await expect(kymo.page.getByText('1 run of digits.db was imported.')).toBeVisible()
    await kymo.openExperiment('digits')
    expect(await kymo.drawnPoints('metric1')).toBe(steps)
    await expect(offer).toBeHidden()
    await kymo.reload()
    await expect(offer).toBeHidden()
    // What came from the disk is no news to it.
    expect(pointsOnDisk()).toBe(steps * 10)
    expect(kymo.problems).toEqual([])
    await context.close()
  } finally {
    await trained.remove()
    await fresh.remove()
  }
})

test('keeps what is tracked on a preview of a build, and nothing where that was turned off', async () => {
  const profile = await createProfile()
  const context = await profile.launch()
  const without = await createViteProject({ 'index.html': PAGE, 'training.js': TRAINING }, '{ disk: false }')
  try {
    project.build()
    await project.start('preview')
    await train(context, 'built')
    await expect.poll(pointsOnDisk).toBeGreaterThan(1_000)

    await without.start()
    const page = await context.newPage()
    await page.goto(without.url)
    await expect(page).toHaveTitle(/^step/)
    await end(page)
    await page.goto(`${without.url}kymo/`)
    await expect(page.getByText('On this device')).toBeVisible()
    await expect(page.getByText('on disk')).toBeHidden()
    expect(existsSync(join(without.folder, '.kymo'))).toBe(false)
  } finally {
    await context.close()
    await profile.remove()
    await without.remove()
  }
})
