import { describe, expect, it } from 'vitest'
import { rawLine } from '../../widgets/chart/chart-line.fixture.ts'
import { likelyPairs } from './likely-pairs.ts'
import { dashesOf, joinId, joinMetrics, lineIdOf } from './own-lines.ts'

const of = (...ids: string[]) =>
  ids.map((id) => Object.assign(rawLine([1, 2]), { id, name: `run ${id}`, color: `series-${id}` }))

describe('lines of several metrics in one chart', () => {
  it('tell metrics by colour where there is one run', () => {
    const lines = joinMetrics([
      { metric: 'loss', lines: of('3') },
      { metric: 'val_loss', lines: of('3') },
    ])
    expect(lines.map(({ name, color, stroke }) => [name, color, stroke])).toEqual([
      ['loss', 'series-1', 0],
      ['val_loss', 'series-2', 0],
    ])
    expect(dashesOf([{ metric: 'loss', lines: of('3') }])).toEqual([])
  })

  it('keep the colours of runs and tell metrics by dashes where there are several', () => {
    const lines = joinMetrics([
      { metric: 'loss', lines: of('1', '2') },
      { metric: 'val_loss', lines: of('1', '2') },
    ])
    expect(lines.map(({ name, color, stroke }) => [name, color, stroke])).toEqual([
      ['loss, run 1', 'series-1', 0],
      ['loss, run 2', 'series-2', 0],
      ['val_loss, run 1', 'series-1', 1],
      ['val_loss, run 2', 'series-2', 1],
    ])
    const parts = ['loss', 'val_loss'].map((metric) => ({ metric, lines: of('1', '2') }))
    expect(dashesOf(parts)).toEqual([
      { name: 'loss', stroke: 0 },
      { name: 'val_loss', stroke: 1 },
    ])
  })

  it('are of one chart by ids that tell which run each is of', () => {
    const lines = joinMetrics([
      { metric: 'a b', lines: of('1') },
      { metric: 'a', lines: of('1') },
    ])
    expect(new Set(lines.map(({ id }) => id)).size).toBe(2)
    expect(lines.map(({ id }) => lineIdOf(id))).toEqual(['1', '1'])
    expect(joinId('a', '1')).toBe(lines[1]?.id)
  })
})

describe('metrics that are likely meant together', () => {
  it('are the same of training and of held-out data', () => {
    expect(likelyPairs(['loss', 'val_loss', 'acc', 'lr'])).toEqual([['loss', 'val_loss']])
    expect(likelyPairs(['train/loss', 'val/loss', 'train/acc', 'test/acc'])).toEqual([
      ['train/loss', 'val/loss'],
      ['train/acc', 'test/acc'],
    ])
    expect(likelyPairs(['loss/train', 'loss/validation', 'gen_loss'])).toEqual([
      ['loss/train', 'loss/validation'],
    ])
    expect(likelyPairs(['training_time', 'loss'])).toEqual([])
  })
})
