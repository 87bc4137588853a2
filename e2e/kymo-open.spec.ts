import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
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

test('takes a file that is opened in the page into the project, where it may', async ({ context }) => {
  const file = join(folder, 'iris.db')
  spawnSync(NODE, [COMMAND, 'export', file, '--experiment', 'iris'], { cwd: folder })
  for (const rest of ['', '-wal', '-shm']) rmSync(join(folder, '.kymo', `iris.db${rest}`), { force: true })
  const kymo = new TrackerPage(await context.newPage())
  await kymo.goto(await open('--write'))
  await kymo.openFile(file)
  await kymo.openedFile.getByRole('button', { name: 'Import iris.db' }).click()
  await expect(kymo.toasts.filter({ hasText: '1 run of' })).toBeVisible()
  expect(nameOf('done')).toBe('done')
  await kymo.openExperiment('iris')
  expect(await kymo.drawnPoints('loss')).toBe(300)
})

test('asks SQL of all experiments at once, and says what is wrong', async ({ context }) => {
  const kymo = new TrackerPage(await context.newPage())
  await kymo.goto(await open())
  await kymo.openExperiment('iris')
  await kymo.page.getByRole('tab', { name: 'SQL' }).click()
  const editor = kymo.page.getByRole('textbox', { name: 'SQL query' })
  const result = kymo.page.getByRole('table', { name: 'Result' })
  async function ask(sql: string): Promise<void> {
    await editor.focus()
    await kymo.page.keyboard.press('ControlOrMeta+a')
    await kymo.page.keyboard.press('Delete')
    await kymo.page.keyboard.insertText(sql)
    await kymo.page.keyboard.press('ControlOrMeta+Enter')
    await kymo.idle()
  }
  await ask(`select e.name, count(*) as points from points p join series s on s.id = p.series_id
    join runs r on r.id = s.run_id join experiments e on e.id = r.experiment_id where s.key = 'loss' group by 1`)
  await expect(result.getByRole('cell')).toHaveText(['iris', '300'])
  await ask(`select count(distinct run_id) || ' runs' from metrics`)
  await expect(result.getByRole('cell')).toHaveText(['2 runs'])
  await ask('delete from runs')
  await expect(kymo.page.getByText('The console only reads')).toBeVisible()
  await ask('select nme from runs')
  await expect(kymo.page.getByText('There is no column nme here')).toBeVisible()
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
