import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type RunStart } from '../model/log-batch.ts'
import { choice, int } from './space.ts'
import { startSweep, type Sweep } from './start-sweep.ts'
import { parseSweep, type SweepOptions } from './sweep-options.ts'
import { BASE, createStage, startedOn, sweepOn, type SweepStage } from './sweep.fixture.ts'
import { type TrialContext } from './trial.ts'

let stage: SweepStage

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  stage = createStage()
})

afterEach(() => {
  vi.restoreAllMocks()
})

const sweepOf = (options: Partial<SweepOptions>): Sweep => sweepOn(stage, options)
const started = (): readonly RunStart[] => startedOn(stage)

function tagsOf(runId: string): Record<string, string | null> {
  return Object.assign(
    {},
    ...stage.store.changes.map((change) =>
      change.type === 'setTags' && change.runId === runId ? change.tags : {},
    ),
  )
}

const xOf = (params: Readonly<Record<string, unknown>>): number => Number(params['x'])

/** The params of a whole sweep of one lane. */
async function paramsOf(seed: number) {
  const end = await sweepOf({ seed, method: 'tpe', runs: 15, objective: xOf }).done
  return end.ok ? end.value.trials.map(({ params }) => params) : []
}

const slow = async (_params: unknown, { signal }: TrialContext): Promise<number> => {
  for (let turn = 0; turn < 5 && !signal.aborted; turn += 1)
    await new Promise((resolve) => setTimeout(resolve, 2))
  return 1
}

const trial = (number: number, status: 'finished' | 'failed' | 'cancelled', x: number) => ({
  number,
  params: { x, model: 'a', batch: 16 },
  status,
  value: status === 'finished' ? x : Number.NaN,
  runId: `old ${number}`,
  reason: '',
})

describe('a sweep', () => {
  it('makes every trial a run with its params, its group, its number and its result', async () => {
    const sweep = sweepOf({ objective: (params) => xOf(params) })
    const end = await sweep.done
    if (!end.ok) throw new Error(end.error)
    expect(end.value.trials).toHaveLength(6)
    const least = Math.min(...end.value.trials.map(({ params }) => xOf(params)))
    expect(end.value.best?.value).toBe(least)
    expect(
      started().map(({ tags, groupName, jobType }) => [tags['trial'], tags['sweep'], groupName, jobType]),
    ).toEqual(['1', '2', '3', '4', '5', '6'].map((trial) => [trial, 'my sweep', 'my sweep', 'sweep']))
    for (const [index, { id, params, environment }] of started().entries()) {
      expect(params).toEqual(end.value.trials[index]?.params)
      expect(params['batch']).toBe(16)
      expect(environment['sweep']).toMatchObject({
        method: 'random',
        metric: 'loss',
        direction: 'min',
        seed: 1,
      })
      expect(stage.store.points(id, 'loss').map(([, value]) => value)).toEqual([params['x']])
      expect(stage.store.changes).toContainEqual({
        type: 'setSummary',
        runId: id,
        summary: { objective: params['x'] },
      })
    }
    expect(sweep.progress).toMatchObject({ state: 'ended', done: 6, running: 0, failed: 0 })
  })

  it('takes the best report where nothing is returned, of what is only logged too', async () => {
    const end = await sweepOf({
      direction: 'max',
      runs: 1,
      objective: (_params, { run, report }) => {
        report(0.4)
        run.log({ other: 9 })
        run.log({ loss: 0.7 })
        report(Number.NaN)
        report(0.5, 10)
      },
    }).done
    expect(end.ok && end.value.best?.value).toBe(0.7)
    const points = stage.store.points(started()[0]?.id ?? '', 'loss')
    expect(points.map(([step, value]) => [step, value])).toEqual([
      [0, 0.4],
      [2, 0.7],
      [3, Number.NaN],
      [10, 0.5],
    ])
  })

  it('gives the same params for the same seed, and others for another', async () => {
    const first = await paramsOf(3)
    expect(first).toHaveLength(15)
    expect(await paramsOf(3)).toEqual(first)
    expect(await paramsOf(4)).not.toEqual(first)
  })

  it('runs as many trials at a time as it has lanes', async () => {
    let running = 0
    let most = 0
    await sweepOf({
      lanes: 3,
      runs: 9,
      objective: async () => {
        running += 1
        most = Math.max(most, running)
        await new Promise((resolve) => setTimeout(resolve, 5))
        running -= 1
        return 1
      },
    }).done
    expect(most).toBe(3)
  })

  it('goes over a whole grid when nobody says how many', async () => {
    const { runs: _, ...base } = BASE
    const plan = parseSweep({
      ...base,
      method: 'grid',
      params: { n: int(1, 3), model: choice(['a', 'b']) },
      objective: () => 0,
    })
    if (!plan.ok) throw new Error(plan.error.join(' '))
    const end = await startSweep(plan.value, stage.around).done
    expect(end.ok && end.value.trials.map(({ params }) => params)).toEqual(
      [1, 2, 3].flatMap((n) => ['a', 'b'].map((model) => ({ n, model }))),
    )
  })
})

describe('a trial', () => {
  it('that throws fails alone, with what it threw', async () => {
    const end = await sweepOf({
      objective: (params, { run }) => {
        if (run.name === 'trial 2') throw new Error('out of memory')
        return xOf(params)
      },
    }).done
    expect(end.ok && end.value.trials.map(({ status }) => status)).toEqual([
      'finished',
      'failed',
      ...Array.from({ length: 4 }, () => 'finished'),
    ])
    const second = started()[1]?.id ?? ''
    expect(tagsOf(second)).toEqual({ error: 'out of memory' })
    expect(stage.store.changes).toContainEqual(
      expect.objectContaining({ type: 'endRun', runId: second, status: 'failed' }),
    )
  })

  it('that lags behind is stopped, tagged and marked with why, and has ended well', async () => {
    const end = await sweepOf({
      earlyStop: { rule: 'median', minTrials: 3 },
      objective: async (_params, { run, report, signal }) => {
        const isBad = run.name === 'trial 5'
        for (let step = 0; step < 10 && !signal.aborted; step += 1) {
          report(isBad ? 9 : 1, step)
          await Promise.resolve()
        }
        signal.throwIfAborted()
      },
    }).done
    const fifth = end.ok ? end.value.trials[4] : undefined
    expect(fifth).toMatchObject({
      status: 'stopped',
      value: 9,
      reason: expect.stringContaining('median of 4'),
    })
    const id = fifth?.runId ?? ''
    expect(stage.store.points(id, 'loss')).toHaveLength(1)
    expect(tagsOf(id)).toEqual({ stopped: 'median' })
    expect(stage.store.changes).toContainEqual(
      expect.objectContaining({
        type: 'addEvents',
        runId: id,
        events: [
          expect.objectContaining({
            kind: 'mark',
            step: 0,
            text: expect.stringContaining('worse than the median'),
          }),
        ],
      }),
    )
    expect(stage.store.changes).toContainEqual(
      expect.objectContaining({ type: 'endRun', runId: id, status: 'finished' }),
    )
  })

  it('may log and throw anything', async () => {
    const hostile = new Proxy(
      {},
      {
        ownKeys() {
          throw new Error('no')
        },
        getOwnPropertyDescriptor() {
          throw new Error('no')
        },
      },
    )
    const odd: ((context: TrialContext) => unknown)[] = [
      ({ run }) => (run.log(hostile as never), 1),
      ({ run }) => (run.log(null as never, null as never), 2),
      ({ report }) => (report('3' as never), 3),
      ({ report }) => (report(4, Number.NaN), 4),
      () => {
        throw Object.create(null)
      },
      () => Promise.reject(undefined),
    ]
    const end = await sweepOf({
      objective: (_params, context) => odd[Number(context.run.name.slice(6)) - 1]?.(context),
    }).done
    if (!end.ok) throw new Error(end.error)
    expect(end.value.trials.map(({ status, value }) => [status, value])).toEqual([
      ['finished', 1],
      ['finished', 2],
      ['finished', 3],
      ['finished', 4],
      ['failed', Number.NaN],
      ['failed', Number.NaN],
    ])
  })
})

describe('a sweep under way', () => {
  it('starts nothing while it is paused', async () => {
    const sweep = sweepOf({ objective: slow })
    const seen: string[] = []
    const stop = sweep.onProgress(({ done }) => {
      if (done > 0) sweep.pause()
    })
    sweep.onProgress(({ state, done }) => seen.push(`${state} ${done}`))
    await vi.waitFor(() => expect(sweep.progress.state).toBe('paused'))
    stop()
    await vi.waitFor(() => expect(sweep.progress.running).toBe(0))
    const before = sweep.progress.done
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(sweep.progress).toMatchObject({ state: 'paused', done: before, running: 0 })
    sweep.resume()
    expect((await sweep.done).ok).toBe(true)
    expect(sweep.progress.done).toBe(6)
    expect(seen.at(-1)).toBe('ended 6')
  })

  it('ends when it is cancelled, paused or not, and its trials end well', async () => {
    for (const isPaused of [false, true]) {
      const sweep = sweepOf({ objective: slow, runs: 50, lanes: 2 })
      await vi.waitFor(() => expect(sweep.progress.done).toBeGreaterThan(1))
      if (isPaused) sweep.pause()
      sweep.cancel()
      const end = await sweep.done
      if (!end.ok) throw new Error(end.error)
      expect(end.value.isCancelled).toBe(true)
      expect(end.value.trials.length).toBeLessThan(50)
      const cancelled = end.value.trials.filter(({ status }) => status === 'cancelled')
      for (const { runId } of cancelled) expect(tagsOf(runId ?? '')).toEqual({ stopped: 'cancelled' })
    }
    const ended = stage.store.changes.filter((change) => change.type === 'endRun')
    expect(ended).toHaveLength(started().length)
    expect(ended.every((change) => change.type === 'endRun' && change.status === 'finished')).toBe(true)
  })

  it('can be cancelled by whoever hears of it, at once', async () => {
    const sweep = sweepOf({ objective: slow })
    sweep.onProgress(() => sweep.cancel())
    const end = await sweep.done
    expect(end.ok && end.value.trials.map(({ status }) => status)).toEqual(['cancelled'])
  })

  it('outlives a listener that throws', async () => {
    const sweep = sweepOf({ objective: () => 1 })
    sweep.onProgress(() => {
      throw new Error('no')
    })
    expect((await sweep.done).ok).toBe(true)
  })
})

describe('a sweep that goes on', () => {
  it('repeats nothing that ended, and tries again what was cut off with the same params', async () => {
    stage.stored = {
      ended: [trial(1, 'finished', 0.01), trial(3, 'failed', 0.5)],
      interrupted: [trial(2, 'cancelled', 0.2)],
    }
    const end = await sweepOf({ resume: true, objective: (params) => 1 + xOf(params) }).done
    if (!end.ok) throw new Error(end.error)
    expect(started().map(({ tags }) => tags['trial'])).toEqual(['2', '4', '5', '6'])
    expect(started()[0]?.params).toEqual({ x: 0.2, model: 'a', batch: 16 })
    expect(end.value.trials).toHaveLength(6)
    expect(end.value.best).toMatchObject({ number: 1, value: 0.01, runId: 'old 1' })
  })

  it('ends at once when all was done', async () => {
    stage.stored = { ended: [1, 2, 3, 4, 5, 6].map((n) => trial(n, 'finished', n)), interrupted: [] }
    const end = await sweepOf({ resume: true, objective: () => 0 }).done
    expect(end.ok && end.value.best?.number).toBe(1)
    expect(started()).toEqual([])
  })

  it('gives the params it would have given without the break', async () => {
    const options = { method: 'tpe', runs: 14, objective: xOf } as const
    const whole = await sweepOf(options).done
    if (!whole.ok) throw new Error(whole.error)
    stage.stored = { ended: whole.value.trials.slice(0, 11), interrupted: [] }
    const rest = await sweepOf({ ...options, resume: true }).done
    expect(rest.ok && rest.value.trials.map(({ params }) => params)).toEqual(
      whole.value.trials.map(({ params }) => params),
    )
  })

  it('does not while another tab has it', async () => {
    stage.around = { ...stage.around, claim: () => Promise.resolve(null) }
    const end = await sweepOf({ resume: true, objective: () => 0 }).done
    expect(end).toEqual({ ok: false, error: 'The sweep my sweep runs in another tab.' })
  })
})
