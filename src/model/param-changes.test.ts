import { expect, it } from 'vitest'
import { paramsFromEvents } from './param-changes.ts'

const set = (text: string, time: number, step: number | null = time) =>
  ({ kind: 'control', text, time, step }) as const

it('follows what was set from the value a run began with to the one it has', () => {
  const events = [
    set('lr 0.03 → 0.001', 9),
    set('lr 0.1 → 0.03', 5),
    set('paused', 6),
    set('a b 1 → 1e-7', 7, null),
  ]
  expect(paramsFromEvents({ lr: 0.1, 'a b': 1, units: 8 }, events)).toEqual({
    params: { lr: 0.001, 'a b': 1e-7, units: 8 },
    changes: { lr: { first: 0.1, step: 9 }, 'a b': { first: 1, step: null } },
  })
})

it('leaves alone what is not there, was said to be something else, or was set by nobody', () => {
  const params = { lr: 0.5, name: '0.1' }
  const events = [
    set('lr 0.1 → 0.03', 1),
    set('name 0.1 → 0.2', 2),
    set('gone 1 → 2', 3),
    { ...set('lr 0.5 → 0.2', 4), kind: 'mark' as const },
    set('lr 0.5 → much', 5),
  ]
  expect(paramsFromEvents(params, events)).toEqual({ params, changes: {} })
})
