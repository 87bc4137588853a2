import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../model/json.ts'
import { groupRuns } from './run-groups.ts'

function columnOf(values: readonly JsonValue[]): ReadonlyMap<string, JsonValue> {
  return new Map(values.map((value, index) => [`run${index}`, value]))
}

const IDS = ['run0', 'run1', 'run2', 'run3', 'run4']
const COLUMNS = new Map([
  ['param:lr', columnOf([0.1, 0.01, 0.1, null, 0.01])],
  ['param:opt', columnOf(['sgd', 'adam', 'adam', 'sgd', 'adam'])],
])

describe('groups of runs', () => {
  it('by one thing are in order of its values, what is missing last', () => {
    const groups = groupRuns(['param:lr'], COLUMNS, IDS)
    expect(groups.map(({ name, text, runIds }) => [name, text, runIds])).toEqual([
      ['lr 0.01', '0.01', ['run1', 'run4']],
      ['lr 0.1', '0.1', ['run0', 'run2']],
      ['no lr', 'none', ['run3']],
    ])
  })

  it('by two things are those alike in both, in order of the first, then of the second', () => {
    const groups = groupRuns(['param:lr', 'param:opt'], COLUMNS, IDS)
    expect(groups.map(({ name, runIds }) => [name, runIds])).toEqual([
      ['lr 0.01, opt adam', ['run1', 'run4']],
      ['lr 0.1, opt adam', ['run2']],
      ['lr 0.1, opt sgd', ['run0']],
      ['no lr, opt sgd', ['run3']],
    ])
    expect(new Set(groups.map(({ id }) => id)).size).toBe(4)
    expect(new Set(groups.map(({ style }) => style.color)).size).toBe(4)
  })

  it('keep their id while other values come', () => {
    const [alone] = groupRuns(['param:opt'], COLUMNS, ['run0'])
    expect(groupRuns(['param:opt'], COLUMNS, IDS).find(({ text }) => text === 'sgd')?.id).toBe(alone?.id)
  })

  it('leave out a run of which nothing is known yet', () => {
    expect(groupRuns(['param:lr'], COLUMNS, ['run1', 'new']).flatMap(({ runIds }) => runIds)).toEqual([
      'run1',
    ])
  })

  it('of more numbers than there are colours take theirs from the scale, but not where it is missing', () => {
    const many = new Map([['param:lr', columnOf([...Array.from({ length: 9 }, (_, value) => value), null])]])
    const groups = groupRuns(['param:lr'], many, [...(many.get('param:lr')?.keys() ?? [])])
    expect(groups.map(({ style }) => style.color.startsWith('scale-'))).toEqual([
      ...Array.from({ length: 9 }, () => true),
      false,
    ])
  })
})
