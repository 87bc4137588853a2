import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { useProject } from '../node/node-process.fixture.ts'

const COMMAND = resolve(import.meta.dirname, '..', '..', 'dist', 'lib', 'node', 'command.js')

const project = useProject()

beforeEach(async () => {
  const { code, output } = await project.start(`
    import { init } from 'LIB/kymo.js'
    for (const [index, lr] of [0.1, 0.01, 0.001].entries()) {
      const run = init({ experiment: 'digits', id: 'run-' + index, name: 'try ' + index, params: { lr, optimizer: { name: 'adam' } } })
      for (let step = 0; step < 10; step += 1) run.log({ loss: 1 / (step + 1) + lr, accuracy: step === 9 && index === 2 ? NaN : step / 10 })
      await run.finish(index === 1 ? 'failed' : 'finished')
    }
    init({ experiment: 'words', name: 'other' }).log({ loss: Infinity })
  `).ended
  if (code !== 0 || output !== '') throw new Error(output)
})

interface Answer {
  readonly code: number | null
  readonly out: string
  readonly told: string
}

function kymo(...args: readonly string[]): Promise<Answer> {
  const child = spawn(process.execPath, [COMMAND, ...args], { cwd: project.folder })
  let [out, told] = ['', '']
  child.stdout.on('data', (part: Buffer) => (out += part.toString()))
  child.stderr.on('data', (part: Buffer) => (told += part.toString()))
  return new Promise((settle) => child.on('close', (code) => settle({ code, out, told })))
}

async function json<T>(...args: readonly string[]): Promise<T> {
  const { code, out, told } = await kymo(...args, '--json')
  expect([code, told]).toEqual([0, ''])
  return JSON.parse(out) as T
}

interface ListedRun {
  readonly name: string
  readonly status: string
  readonly metrics: Record<string, { count: number; last: number | string }>
}

async function names(...args: string[]): Promise<string[]> {
  return (await json<ListedRun[]>('runs', ...args)).map(({ name }) => name)
}

it('lists runs by the filter language and a metric, of all experiments or of one', async () => {
  expect(await names()).toEqual(['other', 'try 2', 'try 1', 'try 0'])
  expect(await names('--experiment', 'digits', '--sort', '-lr')).toEqual(['try 0', 'try 1', 'try 2'])
  expect(await names('lr < 0.05 and status = finished')).toEqual(['try 2'])
  expect(await names('--sort', 'loss', '--limit', '2')).toEqual(['try 2', 'try 1'])
  expect(await names('--sort', '-accuracy', '-e', 'digits')).toEqual(['try 1', 'try 0', 'try 2'])
})

it('writes NaN and infinities as texts, and tabs where nobody looks', async () => {
  const [other, last] = await json<ListedRun[]>('runs')
  expect(other?.metrics['loss']).toMatchObject({ count: 1, last: 'Infinity' })
  expect(last?.metrics['accuracy']).toMatchObject({ count: 10, last: 'NaN' })
  const { out } = await kymo('runs', '-e', 'digits')
  const [heads, ...rows] = out.trimEnd().split('\n')
  expect(heads?.split('\t')).toEqual([
    'run',
    'id',
    'experiment',
    'status',
    'started',
    'took',
    'accuracy',
    'loss',
    'lr',
  ])
  expect(rows).toHaveLength(3)
})

it('shows a run by its id, the beginning of it, and its name', async () => {
  for (const text of ['run-1', 'run-1'.slice(0, 5), 'try 1'])
    expect(await json('show', text)).toMatchObject({
      id: 'run-1',
      status: 'failed',
      params: { lr: 0.01, optimizer: { name: 'adam' } },
    })
  const { code, told } = await kymo('show', 'nobody')
  expect([code, told]).toEqual([1, 'There is no run nobody. `kymo runs` lists those there are.\n'])
})

it('tells what two runs do not have alike', async () => {
  const { params, tags, metrics } = await json<Record<string, unknown>>('diff', 'run-0', 'run-2')
  expect([params, tags]).toEqual([{ lr: [0.1, 0.001] }, {}])
  expect(Object.keys(metrics as object)).toEqual(['accuracy', 'loss'])
})

it('queries SQL that reads, and refuses what writes', async () => {
  expect(await json('query', 'select count(*) as n from metrics', '-e', 'digits')).toEqual([{ n: 60 }])
  for (const sql of [
    'delete from runs',
    "attach '/tmp/x.db' as x",
    'nonsense',
    "insert into tags values ('a', 'b', 'c')",
  ]) {
    const { code, out, told } = await kymo('query', sql, '-e', 'digits')
    expect([code, out]).toEqual([2, ''])
    expect(told).not.toBe('')
  }
  expect(await json('query', 'select count(*) as n from runs', '-e', 'digits')).toEqual([{ n: 3 }])
  const { code, told } = await kymo('query', 'select 1')
  expect([code, told]).toEqual([2, expect.stringContaining('digits, words')])
})

it('exports runs that match, whole or not at all, and imports them into another project', async () => {
  const file = join(project.folder, 'best.db')
  expect((await kymo('export', file, '--where', 'lr < 0.05', '-e', 'digits')).code).toBe(0)
  expect(await json('runs', '-p', file, '--sort', 'lr')).toMatchObject([{ name: 'try 2' }, { name: 'try 1' }])
  for (const name of [
    'all.arrow',
    'all.csv.zip',
    'all.jsonl.zip',
    'all.parquet.zip',
    'all.tb.zip',
    'all.zip',
  ]) {
    expect((await kymo('export', name, '-e', 'digits')).code).toBe(0)
    expect(existsSync(join(project.folder, name))).toBe(true)
  }
  for (const wrong of [['x.pdf'], ['x.parquet'], ['out/'], ['out/', '--as', 'db']])
    expect(await kymo('export', ...wrong, '-e', 'digits')).toMatchObject({ code: 2, out: '' })

  const other = join(project.folder, 'elsewhere')
  expect(await kymo('import', file, '-p', other)).toMatchObject({
    code: 0,
    told: expect.stringContaining('2 runs taken in'),
  })
  expect(await kymo('import', file, '-p', other)).toMatchObject({
    told: expect.stringContaining('2 were there already'),
  })
  expect(await json('runs', '-p', other)).toHaveLength(2)
})

it('exports formats of several files as a folder, whole or not at all', async () => {
  expect((await kymo('export', 'logs/', '--as', 'tensorboard', '-e', 'digits')).code).toBe(0)
  expect(readdirSync(join(project.folder, 'logs')).toSorted()).toEqual(['try 0', 'try 1', 'try 2'])
  expect((await kymo('export', 'all.parquet/', '-e', 'digits')).code).toBe(0)
  expect(readdirSync(join(project.folder, 'all.parquet', 'metrics'))).toEqual(['experiment=digits'])
  expect((await kymo('export', 'lines', '--as', 'jsonl', '-e', 'digits')).code).toBe(0)
  const runs = readFileSync(join(project.folder, 'lines', 'runs.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
  const [newest] = await json<object[]>('runs', '-e', 'digits')
  expect(JSON.parse(runs.at(-1) ?? '')).toMatchObject(newest ?? {})
  const again = await kymo('export', 'lines', '--as', 'jsonl', '-e', 'digits')
  expect([again.code, again.told]).toEqual([1, expect.stringContaining('There is something at lines')])
  expect(readdirSync(project.folder).filter((name) => name.includes('.part'))).toEqual([])
})

it('says all that is in a file, in log order, and what could not be read', async () => {
  await kymo('export', 'all.db', '-e', 'digits')
  const broken = join(project.folder, 'broken.db')
  writeFileSync(broken, readFileSync(join(project.folder, 'all.db')).subarray(0, 5_000))
  const { code, out } = await kymo('import', 'all.db', broken, '--json', '--points')
  expect(code).toBe(1)
  const { runs, problems } = JSON.parse(out) as {
    runs: {
      name: string
      metrics: Record<string, { points: unknown[][] }>
      media: unknown[]
      artifacts: unknown[]
    }[]
    problems: unknown[]
  }
  expect(runs.map(({ name }) => name)).toEqual(['try 0', 'try 1', 'try 2'])
  const points = runs[2]?.metrics['accuracy']?.points ?? []
  expect(points.map(([step, value]) => [step, value])).toEqual([
    ...Array.from({ length: 9 }, (_, step) => [step, step / 10]),
    [9, 'NaN'],
  ])
  expect(problems).toMatchObject([{ path: broken, kept: false }])
})

it('follows a run until it ends', async () => {
  const training = project.start(`
    import { init } from 'LIB/kymo.js'
    const run = init({ experiment: 'digits', name: 'live' })
    console.log('begun')
    for (let step = 0; step < 20; step += 1) {
      run.log({ loss: step, accuracy: -step })
      await run.flush()
      await new Promise((go) => setTimeout(go, 50))
    }
  `)
  await training.said('begun')
  while (project.query("select 1 from runs where name = 'live'").length === 0)
    await new Promise((go) => setTimeout(go, 20))
  const { code, out } = await kymo('tail', 'live', '--json')
  await training.ended
  expect(code).toBe(0)
  expect(
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual(Array.from({ length: 20 }, (_, step) => ({ step, accuracy: step === 0 ? 0 : -step, loss: step })))
})

it('checks a file, and finds what does not agree', async () => {
  expect(await json('check', join('.kymo', 'digits.db'))).toMatchObject({
    counts: { runs: 3, points: 60 },
    problems: [],
  })
  await kymo('export', 'all.db', '-e', 'digits')
  const bytes = readFileSync(join(project.folder, 'all.db'))
  bytes.fill(7, 4096 * 3, 4096 * 3 + 200)
  writeFileSync(join(project.folder, 'all.db'), bytes)
  expect((await kymo('check', 'all.db')).code).toBe(1)
  expect(await kymo('check', 'nothing.db')).toMatchObject({ code: 1, told: 'There is no file nothing.db.\n' })
})

it('says how it is asked, and ends with 2 where it was asked wrongly', async () => {
  const help = await kymo('--help')
  expect(help).toMatchObject({ code: 0, told: '' })
  expect(help.out).toContain('kymo tail')
  for (const args of [
    ['rnus'],
    ['runs', '--limit', '0'],
    ['show'],
    ['runs', 'lr <'],
    ['runs', '--sort', 'nothing'],
  ])
    expect((await kymo(...args)).code).toBe(2)
  expect(await kymo('runs', '-p', 'nowhere')).toMatchObject({
    code: 1,
    told: 'There is nothing at nowhere.\n',
  })
})

/** What a tool answers: JSON, or a sentence of what is wrong. */
async function said(client: Client, name: string, args: Record<string, unknown>): Promise<unknown> {
  const { content, isError } = await client.callTool({ name, arguments: args })
  const [first] = content as { text: string }[]
  return isError === true ? first?.text : JSON.parse(first?.text ?? 'null')
}

async function connectAgent(...args: readonly string[]): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [COMMAND, 'mcp', ...args],
      cwd: project.folder,
    }),
  )
  return client
}

it('answers an agent, and lets it write only where that was allowed', async () => {
  const reading = await connectAgent()
  const tools = (await reading.listTools()).tools.map(({ name }) => name)
  expect(tools).toEqual(['list_runs', 'show_run', 'diff_runs', 'query', 'curve'])
  expect(await said(reading, 'list_runs', { filter: 'lr < 0.05', sort: 'loss' })).toMatchObject([
    { name: 'try 2' },
    { name: 'try 1' },
  ])
  expect(await said(reading, 'diff_runs', { a: 'run-0', b: 'run-1' })).toMatchObject({
    params: { lr: [0.1, 0.01] },
  })
  expect(
    await said(reading, 'query', { sql: 'select count(*) as n from runs', experiment: 'digits' }),
  ).toEqual([{ n: 3 }])
  expect(await said(reading, 'query', { sql: 'delete from runs', experiment: 'digits' })).toMatch(
    /only reads/,
  )
  expect(await said(reading, 'curve', { run: 'run-2', metric: 'accuracy' })).toMatchObject({
    points: 10,
    nan: 1,
  })
  expect(await said(reading, 'show_run', { run: 'nobody' })).toMatch(/There is no run nobody/)
  await reading.close()

  const writing = await connectAgent('--write')
  expect(await said(writing, 'set_tag', { run: 'run-1', key: 'seen', value: 'yes' })).toEqual({ done: true })
  expect(await said(writing, 'set_notes', { run: 'run-1', notes: 'It failed.' })).toEqual({ done: true })
  await writing.close()
  expect(await json('show', 'run-1')).toMatchObject({ tags: { seen: 'yes' }, notes: 'It failed.' })
})

it('teaches an agent by one page', async () => {
  const { code, out } = await kymo('skill')
  expect(code).toBe(0)
  for (const word of ['kymo runs', 'kymo query', 'kymo diff', 'kymo show']) expect(out).toContain(word)
})
