import { afterEach, expect, it } from 'vitest'
import { startFakeMlflow, type FakeMlflow } from '../push/mlflow-server.fixture.ts'
import { useProject } from './node-process.fixture.ts'

const project = useProject()
let server: FakeMlflow
afterEach(() => server.close())

/** A loop that never yields while it logs. */
const train = (url: string, ...more: readonly string[]): string => `
  import { init, mlflow } from 'LIB/kymo.js'
  const sinks = [${[url, ...more].map((each) => `mlflow('${each}')`).join()}]
  const run = init({ experiment: 'digits', name: 'tee', params: { lr: 0.1 }, sinks })
  for (let step = 0; step < 3_000; step += 1) run.log({ loss: step })
`
const count = (): unknown => project.query('select count(*) as n from metrics')

it('brings to a server what a run logs, and how it ended, by the time it has finished', async () => {
  server = await startFakeMlflow()
  const { code, output } = await project.start(`${train(server.url)}; await run.finish(); process.exit(0)`)
    .ended
  expect([code, output]).toEqual([0, ''])
  expect(server.runs).toHaveLength(1)
  const [run] = server.runs
  expect([run?.name, run?.status, run?.params.get('lr')]).toEqual(['tee', 'FINISHED', '0.1'])
  expect(run?.metrics).toHaveLength(3_000)
  expect(count()).toEqual([{ n: 3_000 }])
})

it('follows a run that trains, and ends one whose script is over', async () => {
  server = await startFakeMlflow()
  const training = project.start(`${train(server.url)}
    const alive = setInterval(() => console.log('alive'), 100)
    process.once('SIGUSR2', () => clearInterval(alive))
  `)
  await training.said('alive')
  await expect.poll(() => server.runs[0]?.metrics.length, { timeout: 20_000 }).toBe(3_000)
  expect(server.runs[0]?.status).toBe('RUNNING')
  training.child.kill('SIGUSR2')
  expect((await training.ended).code).toBe(0)
  expect(server.runs[0]?.status).toBe('FINISHED')
})

it('keeps all on the disk and tells why, where one of two servers is away', async () => {
  server = await startFakeMlflow()
  const away = await startFakeMlflow()
  away.close()
  const { code, output } = await project.start(`${train(server.url, away.url)}; await run.finish()`).ended
  expect(code).toBe(0)
  expect(output).toContain('does not answer')
  expect(output).toContain('kymo push mlflow')
  expect(server.runs[0]?.metrics).toHaveLength(3_000)
  expect(server.runs[0]?.status).toBe('FINISHED')
  expect(count()).toEqual([{ n: 3_000 }])
})

it('says what is wrong with an address', async () => {
  server = await startFakeMlflow()
  const { code, output } = await project.start(`${train('here')}; await run.finish()`).ended
  expect(code).toBe(0)
  expect(output).toContain('no address of a server')
})
