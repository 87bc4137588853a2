import { expect, it } from 'vitest'
import { plausibleValues } from './plot-axes.ts'

const NOON = Date.UTC(2026, 2, 1, 12)

it('leaves out times that nobody means beside others, and keeps them where there are no others', () => {
  const times = [NOON, 5_000, NOON * 1e3, NOON + 7]
  expect([...plausibleValues(Float64Array.from(times), 'time')]).toEqual([
    NOON,
    Number.NaN,
    Number.NaN,
    NOON + 7,
  ])
  expect([...plausibleValues(Float64Array.of(5_000, 6_000), 'time')]).toEqual([5_000, 6_000])
  expect([...plausibleValues(Float64Array.of(60_000, NOON), 'duration')]).toEqual([60_000, Number.NaN])
})
