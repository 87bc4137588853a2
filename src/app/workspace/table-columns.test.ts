import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Direction } from '../../model/experiment.ts'
import { RUN_FIELD_NAMES } from '../../model/run-fields.ts'
import { METRIC_AGGREGATES } from '../../model/aggregates.ts'
import { type RunKey } from '../../protocol/run-query.ts'
import { columnId, likelyColumns, parseColumnId, type TableColumn } from './table-columns.ts'

const anyKey = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a.b', 'last.x', '__proto__', ''))
const anyColumn: fc.Arbitrary<TableColumn> = fc.oneof(
  fc.record({ from: fc.constant('run' as const), field: fc.constantFrom(...RUN_FIELD_NAMES) }),
  fc.record({ from: fc.constantFrom('param' as const, 'tag', 'summary', 'curve'), key: anyKey }),
  fc.record({
    from: fc.constant('metric' as const),
    key: anyKey,
    aggregate: fc.constantFrom(...METRIC_AGGREGATES),
  }),
)

describe('the name of a column', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(anyColumn, (column) => {
        expect(parseColumnId(columnId(column))).toEqual(column)
      }),
    )
  })

  it('is refused when it is none', () => {
    const none = [
      '',
      'run',
      'run:',
      'run:constructor',
      'metric:loss',
      'metric.median:loss',
      'x:y',
      'run.name',
    ]
    expect(none.filter((id) => parseColumnId(id) !== undefined)).toEqual([])
    expect(parseColumnId(`param:${'a'.repeat(1_001)}`)).toBeUndefined()
  })
})

function key(from: RunKey['from'], name: string): RunKey {
  return { from, key: name, runs: 1, numbers: 1, texts: [] }
}

function directionOf(metric: string): Direction {
  if (metric.endsWith('loss')) return 'min'
  return metric.endsWith('acc') ? 'max' : 'none'
}

describe('the columns at first', () => {
  it('tell what differs, then the best of what can be judged, the likeliest with its curve', () => {
    const keys = ['epoch', 'loss', 'lr', 'val/acc'].map((name) => key('metric', name))
    expect(likelyColumns([...keys, key('param', 'a')], ['b', 'c', 'd', 'e', 'f'], directionOf)).toEqual([
      'run:startedAt',
      'run:duration',
      'param:b',
      'param:c',
      'param:d',
      'param:e',
      'metric.max:val/acc',
      'metric.min:loss',
      'metric.last:epoch',
      'curve:val/acc',
    ])
    expect(likelyColumns([], [], directionOf)).toEqual(['run:startedAt', 'run:duration'])
    // On a phone there is room for one beside the name.
    expect(likelyColumns(keys, ['b'], directionOf, true)[0]).toMatch(/^metric/)
  })
})
