import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../model/json.ts'
import { keysWithout, varyingKeys } from './average-over.ts'

const RUNS = [0.1, 0.01].flatMap((lr) =>
  [32, 64].flatMap((units) => [1, 2, 3].map((seed) => ({ lr, units, seed }))),
)
const IDS = RUNS.map((_, index) => `run${index}`)

function column(of: (run: (typeof RUNS)[number], index: number) => JsonValue) {
  return new Map(IDS.map((id, index) => [id, RUNS[index] === undefined ? null : of(RUNS[index], index)]))
}

const GRID = new Map([
  ['param:config.model.dropout', column(({ units }) => (units === 64 ? 0.2 : 0))],
  ['param:job', column((_, index) => index)],
  ['param:lr', column(({ lr }) => lr)],
  ['param:same', column(() => 'adam')],
  ['param:seed', column(({ seed }) => seed)],
  ['param:seedOfData', column(({ seed }) => seed * 7)],
  ['param:units', column(({ units }) => units)],
])

describe('averaging over a param', () => {
  it('offers what varies once, by its shortest name, and nothing that is another for every run', () => {
    expect(varyingKeys(GRID, IDS)).toEqual(['param:lr', 'param:units', 'param:seed'])
  })

  it('groups by all others that vary, and not by what follows from it', () => {
    expect(keysWithout(GRID, IDS, ['param:seed'])).toEqual(['param:lr', 'param:units'])
    const even = new Map([...GRID, ['param:isEven', column(({ seed }) => seed % 2 === 0)] as const])
    expect(keysWithout(even, IDS, ['param:seed'])).toEqual(['param:lr', 'param:units'])
  })

  it('groups by all others where what is averaged over is another for every run', () => {
    const random = new Map([...GRID].filter(([key]) => key !== 'param:seed' && key !== 'param:seedOfData'))
    expect(varyingKeys(random, IDS)).toEqual(['param:lr', 'param:units', 'param:job'])
    expect(keysWithout(random, IDS, ['param:job'])).toEqual(['param:lr', 'param:units'])
  })

  it('over two leaves the third', () => {
    expect(keysWithout(GRID, IDS, ['param:seed', 'param:units'])).toEqual(['param:lr'])
  })

  it('has nothing to offer where all runs are alike', () => {
    expect(varyingKeys(new Map([['param:same', column(() => 1)]]), IDS)).toEqual([])
  })
})
