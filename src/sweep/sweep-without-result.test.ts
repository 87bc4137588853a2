import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type RunStart } from '../model/log-batch.ts'
import { createSweep } from './create-sweep.ts'
import { type Sweep } from './start-sweep.ts'
import { type SweepOptions } from './sweep-options.ts'
import { BASE, createStage, startedOn, sweepOn, type SweepStage } from './sweep.fixture.ts'

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

describe('a sweep without a result says why:', () => {
  it.each([
    ['always NaN', () => Number.NaN, 'None of 6 trials ended with a finite loss.'],
    ['nothing reported', () => undefined, 'The objective neither reported loss nor returned a number.'],
    [
      'always throws',
      () => {
        throw new Error('no such file')
      },
      'All 6 trials failed. The last one said: no such file',
    ],
  ])('%s', async (_name, objective, words) => {
    const end = await sweepOf({ objective }).done
    expect(end.ok ? '' : end.error).toContain(words)
  })

  it.each([
    ['no params', { params: {} }, 'There is nothing to search'],
    ['no metric', { metric: ' ' }, 'the name of the metric'],
    ['no direction', { direction: 'up' as never }, "direction must be 'min' or 'max'"],
    ['an unknown method', { method: 'bayes' as never }, "method must be 'tpe', 'random' or 'grid'."],
    ['no runs', { runs: 0 }, 'runs must be a whole number from 1 on.'],
    ['NaN lanes', { lanes: Number.NaN }, 'lanes must be a whole number from 1 on.'],
    ['nothing to do', { objective: undefined as never }, 'A sweep needs either objective'],
    ['both ways', { lane: () => ({}) as never }, 'A sweep needs either objective'],
    ['an odd rule', { earlyStop: 'soon' as never }, "earlyStop must be 'median' or 'asha'"],
  ])('%s', async (_name, options, words) => {
    const sweep = createSweep({ ...BASE, objective: () => 1, ...options })
    const end = await sweep.done
    expect(end.ok ? '' : end.error).toContain(words)
    expect(sweep.progress.state).toBe('ended')
    expect(started()).toEqual([])
  })

  it('no name to go on with', async () => {
    const { name: _, ...base } = BASE
    const end = await createSweep({ ...base, resume: true, objective: () => 1 }).done
    expect(end.ok ? '' : end.error).toContain('needs the name')
  })

  it('no options at all', async () => {
    for (const options of [undefined, null, 7, []]) {
      const end = await createSweep(options as never).done
      expect(end.ok).toBe(false)
    }
  })
})
