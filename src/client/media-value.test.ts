import { describe, expect, it } from 'vitest'
import { ok } from '../model/result.ts'
import { createMetricLog } from './metric-log.ts'
import { toMediaValue } from './media-value.ts'
import { createRefusals } from './refusals.ts'

describe('a media value', () => {
  it('may be logged more than once', () => {
    const data = Uint8Array.of(1, 2, 3)
    const media = { kind: 'text', meta: '{"format":"plain"}' } as const
    const value = toMediaValue(ok({ data, dtype: 'uint8', shape: [3], media }))
    const log = createMetricLog({ firstStep: 0, refusals: createRefusals(() => {}), onBuffered: () => {} })
    log.log({ a: value, b: value })
    log.log({ a: value })
    const taken = log.arrays.take('run', Number.MAX_VALUE)
    expect(taken.map(({ key, steps, bytes }) => [key, [...steps], [...bytes]])).toEqual([
      ['a', [0, 1], [1, 2, 3, 1, 2, 3]],
      ['b', [0], [1, 2, 3]],
    ])
  })
})
