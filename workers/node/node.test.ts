import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { filesOf, useProject } from './node-process.fixture.ts'

const project = useProject()

const INIT = `import { init, readRuns, findArtifact, readArtifacts } from 'LIB/kymo.js'
`

it('keeps all that a loop without a pause logged, in a file of the public schema', async () => {
  const { code, output } = await project.start(`${INIT}
    const run = init({ experiment: 'digits', name: 'plain', params: { lr: 0.01, optimizer: { name: 'adam' } } })
    for (let step = 0; step < 100_000; step += 1) run.log({ loss: 1 / (step + 1), accuracy: step })
  `).ended
  expect([code, output]).toEqual([0, ''])
  expect(filesOf(project.folder)).toEqual(['.gitignore', 'digits.db'])
  expect(project.query('select count(*) as n, min(step) as low, max(step) as high from metrics')).toEqual([
    { n: 200_000, low: 0, high: 99_999 },
  ])
  expect(project.query('select name, status, host from runs')).toEqual([
    { name: 'plain', status: 'finished', host: 'node' },
  ])
  expect(project.query('select key, value from params order by key')).toEqual([
    { key: 'lr', value: '0.01' },
    { key: 'optimizer', value: '{"name":"adam"}' },
  ])
  expect(project.query('select typeof(step) as type from points limit 1')).toEqual([{ type: 'integer' }])
})

it('says failed of a run whose process ends by an error nobody caught, and by another code', async () => {
  const thrown = await project.start(`${INIT}
    init({ experiment: 'digits', name: 'thrown' }).log({ loss: 1 })
    throw new Error('no such layer')
  `).ended
  await project.start(`${INIT}
    init({ experiment: 'digits', name: 'left' }).log({ loss: 1 })
    process.exit(3)
  `).ended
  expect(thrown.code).toBe(1)
  expect(project.query('select name, status from runs order by started_at')).toEqual([
    { name: 'thrown', status: 'failed' },
    { name: 'left', status: 'failed' },
  ])
  const [event] = project.query("select text from events where kind = 'error'")
  expect(event?.['text']).toMatch(/no such layer/)
  expect(project.query('select count(*) as n from metrics')).toEqual([{ n: 2 }])
})

it('shows a process that was killed as killed at its last point, without a hole or a double', async () => {
  const logging = project.start(`${INIT}
    const run = init({ experiment: 'digits', name: 'killed' })
    for (let step = 0; ; step += 1) {
      run.log({ loss: step })
      if (step % 1000 === 0) console.log('step ' + step)
      for (const until = performance.now() + 0.02; performance.now() < until;);
    }
  `)
  await logging.said('step 60000')
  logging.child.kill('SIGKILL')
  await logging.ended
  expect(project.query('select status from runs')).toEqual([{ status: 'running' }])

  await project.start(`${INIT}
    const runs = await readRuns({ experiment: 'digits' })
    console.log(JSON.stringify(runs.value.map(({ name, status }) => [name, status])))
  `).ended
  const [run] = project.query('select status, ended_at, (select max(time) from metrics) as last from runs')
  expect(run?.['status']).toBe('killed')
  expect(run?.['ended_at']).toBe(run?.['last'])
  const [points] = project.query(
    'select count(*) as n, count(distinct step) as steps, max(step) as last from metrics',
  )
  expect(points).toEqual({ n: points?.['n'], steps: points?.['n'], last: Number(points?.['n']) - 1 })
  expect(project.query('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
})

it('takes four processes into one experiment while others read', async () => {
  const script = `${INIT}
    const run = init({ experiment: 'digits', name: process.argv[2] })
    for (let step = 0; step < 30_000; step += 1) {
      run.log({ loss: step, accuracy: -step })
      if (step % 500 === 0) await new Promise((go) => setTimeout(go, 10))
    }
  `
  const state = { isDone: false }
  const counts: number[] = []
  const names = ['a', 'b', 'c', 'd']
  const processes = names.map((name) => project.start(script, name))
  const all = Promise.all(processes.map(({ ended }) => ended)).finally(() => (state.isDone = true))
  while (!state.isDone) {
    await new Promise((go) => setTimeout(go, 20))
    if (!hasTable()) continue
    counts.push(Number(project.query('select count(*) as n from metrics')[0]?.['n']))
  }
  expect((await all).map(({ code, output }) => [code, output])).toEqual(names.map(() => [0, '']))
  expect(counts.every((count, index) => count >= (counts[index - 1] ?? 0))).toBe(true)
  expect(new Set(counts).size).toBeGreaterThan(2)
  expect(
    project.query(`select r.name, r.status, count(*) as n, count(distinct step) as steps
      from runs r join metrics m on m.run_id = r.id group by r.id order by r.name`),
  ).toEqual(names.map((name) => ({ name, status: 'finished', n: 60_000, steps: 30_000 })))
  expect(project.query('select count(*) as n from experiments')).toEqual([{ n: 1 }])
  const series = project.query("select count, last, min, max from series where key = 'loss'")
  expect(series).toEqual(names.map(() => ({ count: 30_000, last: 29_999, min: 0, max: 29_999 })))

  function hasTable(): boolean {
    try {
      return project.query("select 1 from sqlite_schema where name = 'metrics'").length === 1
    } catch {
      return false
    }
  }
})

it('keeps no process alive that has nothing else to do', async () => {
  const { output } = await project.start(`${INIT}
    const run = init({ experiment: 'digits' })
    for (let step = 0; step < 100_000; step += 1) run.log({ loss: step })
    await run.flush()
    await run.checkpointBarrier()
    await run.finish()
    // The last batch may still wait for company.
    const look = () => console.log(process.getActiveResourcesInfo().filter((what) => !/Wrap$|Immediate/.test(what)).join())
    setTimeout(() => setImmediate(look), 1_000)
  `).ended
  expect(output).toBe('\n')
})

it('takes fractions as steps from the first of them on', async () => {
  await project.start(`${INIT}
    const run = init({ experiment: 'digits' })
    run.log({ loss: 1 }, { step: 3 })
    await run.flush()
    run.log({ loss: 2 }, { step: 3.5 })
    run.log({ loss: NaN }, { step: 4 })
    run.log({ loss: -Infinity }, { step: 4 })
  `).ended
  expect(project.query('select step, value from metrics')).toEqual([
    { step: 3, value: 1 },
    { step: 3.5, value: 2 },
    { step: 4, value: null },
    { step: 4, value: -Infinity },
  ])
})

it('gives each experiment a file, whatever it is called, and reads them as one', async () => {
  const { output } = await project.start(`${INIT}
    const names = ['digits', '../../etc', 'Con', 'ä b', 'x'.repeat(300)]
    for (const experiment of names) init({ experiment, name: experiment }).log({ loss: 1 })
    const runs = await readRuns()
    console.log(JSON.stringify(runs.value.map((run) => run.experiment).sort()))
    console.log(JSON.stringify((await readRuns({ experiment: 'ä b' })).value.map((run) => run.metrics.loss.last)))
  `).ended
  expect(filesOf(project.folder)).toHaveLength(6)
  const [all, one] = output.trim().split('\n')
  expect(JSON.parse(all ?? '')).toEqual(['../../etc', 'Con', 'digits', 'x'.repeat(300), 'ä b'].toSorted())
  expect(JSON.parse(one ?? '')).toEqual([1])
})

it('stores artifacts and reads them again, in this process and the next', async () => {
  await project.start(`${INIT}
    const run = init({ experiment: 'digits' })
    run.log({ loss: 1 })
    const logged = await run.logArtifact('weights', new Blob(['0123456789'.repeat(300_000)]), { aliases: ['best'] })
    if (!logged.ok) throw new Error(logged.error.message)
    await run.finish()
  `).ended
  const { output } = await project.start(`${INIT}
    const list = await readArtifacts({ experiment: 'digits' })
    const found = findArtifact(list.value, 'weights:best')
    const file = await found.file()
    console.log(file.value.size, (await file.value.slice(10, 20).text()))
  `).ended
  expect(output.trim()).toBe('3000000 0123456789')
})

it('logs from worker threads beside the main one', async () => {
  const { code, output } = await project.start(`${INIT}
    import { Worker, isMainThread } from 'node:worker_threads'
    const run = init({ experiment: 'digits', name: isMainThread ? 'main' : 'worker' })
    for (let step = 0; step < 1000; step += 1) run.log({ loss: step })
    if (isMainThread) await new Promise((go) => new Worker(new URL(import.meta.url)).on('exit', go))
  `).ended
  expect([code, output]).toEqual([0, ''])
  expect(
    project.query(
      'select name, status, (select count(*) from metrics where run_id = id) as n from runs order by name',
    ),
  ).toEqual([
    { name: 'main', status: 'finished', n: 1000 },
    { name: 'worker', status: 'finished', n: 1000 },
  ])
})

it('goes on with a run that another process ended', async () => {
  const script = `${INIT}
    const run = init({ experiment: 'digits', id: 'the-one', resume: true })
    for (let step = 0; step < 10; step += 1) run.log({ loss: step })
    await run.finish()
  `
  await project.start(script).ended
  await project.start(script).ended
  expect(project.query('select step from metrics')).toHaveLength(20)
  expect(project.query('select max(step) as last, count(distinct step) as n from metrics')).toEqual([
    { last: 19, n: 20 },
  ])
})

it('stores beside a file of the experiment that is damaged, and leaves damaged ones of others out', async () => {
  mkdirSync(join(project.folder, '.kymo'))
  for (const name of ['digits.db', 'other.db'])
    writeFileSync(join(project.folder, '.kymo', name), 'no database'.repeat(1_000))
  const { code, output } = await project.start(`${INIT}
    const run = init({ experiment: 'digits' })
    run.log({ loss: 1 })
    console.log((await run.flush()).ok, (await readRuns()).value.length)
  `).ended
  expect(code).toBe(0)
  expect(output).toContain('true 1')
  expect(output).toMatch(/digits\.db is no database of Kymo.*go beside it/)
  expect(output).toMatch(/other\.db is no database of Kymo.*left out/)
  expect(project.query('select value from metrics', 'digits~2')).toEqual([{ value: 1 }])
  expect(readFileSync(join(project.folder, '.kymo', 'digits.db'), 'utf8')).toMatch(/^no database/)
})

it('answers why nothing can be stored, and ends', async () => {
  mkdirSync(join(project.folder, '.kymo', 'digits.db'), { recursive: true })
  const { output } = await project.start(`${INIT}
    const run = init({ experiment: 'digits' })
    run.log({ loss: 1 })
    console.log('flush', (await run.flush()).error?.message)
    console.log('finish', (await run.finish()).error?.message)
  `).ended
  expect(output).toMatch(/flush .*digits\.db may not be opened/)
  expect(output).toMatch(/finish .*digits\.db may not be opened/)
  expect(output).toMatch(/the last of what was logged is not kept/)
})

it('begins again where its file is deleted under it', async () => {
  const { output } = await project.start(`${INIT}
    import { rmSync } from 'node:fs'
    const run = init({ experiment: 'digits', name: 'kept' })
    run.log({ loss: 1 })
    await run.flush()
    rmSync('.kymo', { recursive: true })
    run.log({ loss: 2 })
    console.log((await run.flush()).ok)
  `).ended
  expect(output).toBe('true\n')
  expect(project.query('select name, status from runs')).toEqual([{ name: 'kept', status: 'finished' }])
  expect(project.query('select value from metrics')).toEqual([{ value: 2 }])
})

it('keeps names apart that differ after the character zero, where readers of SQLite stop', async () => {
  const { code, output } = await project.start(`${INIT}
    const run = init({ experiment: 'digits', name: 'na\\0me', tags: { 't\\0ag': 'v\\0x' } })
    run.log({ 'a\\0b': 1, a: 2 })
    run.log({ 'a\\0b': 3, a: 4 })
    await run.finish()
    console.log(Object.keys((await readRuns()).value[0].metrics).join())
  `).ended
  expect([code, output.trim()]).toEqual([0, 'a,a\uFFFDb'])
  expect(project.query('select key, last from series order by key')).toEqual([
    { key: 'a', last: 4 },
    { key: 'a\uFFFDb', last: 3 },
  ])
  expect(project.query('select name from runs')).toEqual([{ name: 'na\uFFFDme' }])
  expect(project.query('select key, value from tags')).toEqual([{ key: 't\uFFFDag', value: 'v\uFFFDx' }])
})
