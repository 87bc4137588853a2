import { describe, expect, it } from 'vitest'
import { openWorkshop, runStart } from '../../store-suite/workshop.fixture.ts'
import { textOf, unzip } from '../unzip.fixture.ts'
import { readLines } from './read.fixture.ts'

describe('a zip of JSON Lines', () => {
  it('has a line a run, as `kymo runs --json` says it, and all else that is known of it', async () => {
    const workshop = await openWorkshop()
    const start = { params: { lr: 0.1, layers: [1, 2] }, groupName: 'g', notes: 'why\n', host: 'node' }
    await workshop.commit([runStart('a', start), runStart('b')], {
      a: { loss: [{ step: 3, value: Number.NaN, time: 5 }] },
    })
    const events = [{ kind: 'mark', time: 7, until: null, step: 3, text: 'here' }] as const
    await workshop.commit([
      { type: 'setParams', runId: 'a', params: { lr: 0.2 }, step: 3 },
      { type: 'addEvents', runId: 'a', events },
    ])
    const [a, b, ...rest] = await readLines(await workshop.exportAll('jsonl'), 'runs.jsonl')
    expect(rest).toEqual([])
    expect(a).toMatchObject({
      id: 'a',
      experiment: 'digits',
      experimentId: 'experiment-1',
      params: { lr: 0.2, layers: [1, 2] },
      paramChanges: { lr: { first: 0.1, step: 3 } },
      group: 'g',
      parent: null,
      notes: 'why\n',
      host: 'node',
      metrics: { loss: { count: 1, last: 'NaN', min: 'NaN', lastStep: 3 } },
      events,
    })
    expect(a).not.toHaveProperty('groupName')
    expect(b).toMatchObject({ id: 'b', metrics: {}, events: [] })
  })

  it('spells numbers so that others read the same', async () => {
    const workshop = await openWorkshop()
    const values = [Number.NaN, Infinity, -Infinity, -0, 1e21, 5e-324, 0.1 + 0.2]
    await workshop.commit([runStart('a')], {
      a: { 'a "b"\n': values.map((value, step) => ({ step: step / 2, value, time: 1.5 })) },
    })
    const text = textOf((await unzip(await workshop.exportAll('jsonl'))).get('metrics.jsonl'))
    const head = '{"runId":"a","key":"a \\"b\\"\\n","step":'
    const spelt = ['"NaN"', '"Infinity"', '"-Infinity"', '-0.0', '1e+21', '5e-324', '0.30000000000000004']
    expect(text).toBe(
      spelt.map((value, step) => `${head}${step / 2},"value":${value},"time":1.5}\n`).join(''),
    )
  })
})
