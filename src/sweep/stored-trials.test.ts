import { describe, expect, it } from 'vitest'
import type { StoredRun } from '../client/index.ts'
import { trialsOf } from './stored-trials.ts'

function run(id: string, trial: string, rest: Partial<StoredRun> = {}): StoredRun {
  return {
    id,
    name: `trial ${trial}`,
    experiment: 'test',
    status: 'finished',
    startedAt: 0,
    endedAt: 1,
    group: 'my sweep',
    notes: '',
    params: { x: 0.5 },
    summary: { objective: 0.25 },
    metrics: {},
    ...rest,
    tags: { sweep: 'my sweep', trial, ...rest.tags },
  }
}

describe('what is stored of a sweep', () => {
  it('is read as trials that ended and trials that were cut off', () => {
    const { ended, interrupted } = trialsOf([
      run('f', '6', { status: 'killed' }),
      run('e', '5', { status: 'running' }),
      run('d', '4', { status: 'killed', tags: { error: 'The lane crashed: boom' } }),
      run('c', '3', { tags: { stopped: 'cancelled' } }),
      run('b', '2', { status: 'failed', tags: { error: 'no such file' } }),
      run('a', '1', { tags: { stopped: 'asha' } }),
      run('g', '7', { summary: { objective: 'NaN' } }),
    ])
    expect(ended.map(({ number, status, value, reason }) => [number, status, value, reason])).toEqual([
      [1, 'stopped', 0.25, 'asha'],
      [2, 'failed', Number.NaN, 'no such file'],
      [4, 'failed', Number.NaN, 'The lane crashed: boom'],
      [7, 'finished', Number.NaN, ''],
    ])
    expect(interrupted.map(({ number, params }) => [number, params])).toEqual(
      [3, 5, 6].map((number) => [number, { x: 0.5 }]),
    )
  })

  it('counts a trial that was tried again once', () => {
    const { ended, interrupted } = trialsOf([run('new', '1'), run('old', '1', { status: 'killed' })])
    expect(ended.map(({ runId }) => runId)).toEqual(['new'])
    expect(interrupted).toEqual([])
  })

  it('leaves out what is no trial', () => {
    const odd = ['', 'x', '0', '-1', '1.5', '1e400'].map((trial) => run(trial, trial))
    expect(trialsOf(odd)).toEqual({ ended: [], interrupted: [] })
  })
})
