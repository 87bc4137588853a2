import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { askCommand, COMMAND, LIBRARY_URL, NODE } from './kymo-command.ts'
import { freePort, untilAnswered } from './servers.ts'
import { expect, test, TrackerPage } from './tracker-page.ts'

/** Two experiments, one of which goes on until it is told to end. */
const TRAINING = `
import { init } from ${JSON.stringify(LIBRARY_URL)}
const iris = init({ experiment: 'iris', name: 'done', params: { lr: 0.5 } })
for (let step = 0; step < 300; step += 1) iris.log({ loss: 1 / (step + 1) })
await iris.logArtifact('notes', new Blob(['what came of it']), { aliases: ['best'] })
await iris.finish()
const run = init({ experiment: 'digits', name: 'live', params: { lr: 0.01 } })
let step = 0
const timer = setInterval(() => run.log({ acc: step++ }), 20)
process.stdin.once('data', async () => {
  clearInterval(timer)
  await run.finish()
  process.exit(0)
})
console.log('training')
`

let folder = ''
let training: ChildProcess
let served: ChildProcess | null = null
test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kymo-open-'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'train.mjs'), TRAINING)
  training = spawn(NODE, ['train.mjs'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] })
  await new Promise((settle) => training.stdout?.once('data', settle))
})
test.afterEach(() => {
  served?.kill('SIGKILL')
  training.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Starts `kymo open` and answers its address. */
async function open(...words: readonly string[]): Promise<string> {
  const port = String(await freePort())
  const command = [COMMAND, 'open', '--no-browser', '--port', port, ...words]
  served = spawn(NODE, command, { cwd: folder, stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}/`
  await untilAnswered(url)
  return url
}

/** The name of a run, found by it. */
function nameOf(run: string): string | undefined {
  return askCommand<{ readonly name: string }>(folder, 'show', run)?.name
}

test('shows the experiments of a project as they grow, and changes none', async ({ context }) => {
  const kymo = new TrackerPage(await context.newPage())
  await kymo.goto(await open())
  await expect(kymo.page.getByText(/On disk: .*\.kymo, only read/)).toBeVisible()
  await kymo.openExperiment('digits')
  const before = await kymo.drawnPoints('acc')
  await expect.poll(() => kymo.drawnPoints('acc')).toBeGreaterThan(before + 50)
  training.stdin?.write('end\n')
  await expect(kymo.page.getByText('1 running')).toBeHidden()

  await kymo.openExperiment('iris')
  expect(await kymo.drawnPoints('loss')).toBe(300)
  await kymo.page.getByRole('tab', { name: 'Artifacts' }).click()
  await expect(kymo.page.getByText('notes').first()).toBeVisible()
  await kymo.idle()
  expect(kymo.problems).toEqual([])

  // What may not be changed is said where it was tried, and stays.
  await kymo.page.getByRole('tab', { name: 'Charts' }).click()
  await kymo.run('done').click()
  const overview = kymo.page.getByRole('complementary', { name: 'Run overview' })
  await overview.getByLabel('Run name').fill('renamed')
  await overview.getByLabel('Run name').press('Enter')
  await expect(kymo.page.getByText('This dashboard only reads.')).toBeVisible()
  expect(nameOf('done')).toBe('done')
})

test('changes what it is allowed to', async ({ context }) => {
  const kymo = new TrackerPage(await context.newPage())
  await kymo.goto(await open('--write'))
  await kymo.openExperiment('iris')
  await kymo.run('done').click()
  const overview = kymo.page.getByRole('complementary', { name: 'Run overview' })
  await overview.getByLabel('Run name').fill('renamed')
  await overview.getByLabel('Run name').press('Enter')
  await expect.poll(() => nameOf('renamed')).toBe('renamed')
  expect(kymo.problems).toEqual([])
})
