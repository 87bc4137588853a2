import { expect, it } from 'vitest'
import { artifactOf } from './artifact.fixture.ts'
import { beyondPolicy, keptOfRuns, removedWithBytes, roomOf } from './artifact-room.ts'

const policy = (keep: number, runId: string | null) => ({ name: 'model', keep, runId })
const none = (): boolean => false
const versionsOf = (some: readonly { readonly version: number }[]): readonly number[] =>
  some.map(({ version }) => version)

it('counts contents once, and not those that another version holds', () => {
  const all = [
    artifactOf(1, { contents: ['a', 'b'] }),
    artifactOf(2, { contents: ['b', 'c', 'c'] }),
    artifactOf(3, { contents: ['d'], erasedAt: 5 }),
  ]
  expect(roomOf(all, new Set(['v2']))).toBe(10)
  expect(roomOf(all, new Set(['v1', 'v2', 'v3']))).toBe(30)
  expect(roomOf(all, new Set())).toBe(0)
})

it('gives up the oldest, but none with an alias or a registration', () => {
  const all = [
    artifactOf(1),
    artifactOf(2, { aliases: ['best'] }),
    artifactOf(3),
    artifactOf(4),
    artifactOf(5),
  ]
  expect(versionsOf(beyondPolicy(all, 2, none))).toEqual([3, 1])
  expect(versionsOf(beyondPolicy(all, 2, (id) => id === 'v3'))).toEqual([1])
  expect(versionsOf(beyondPolicy(all, 9, none))).toEqual([])
})

it('counts of each run what it made, and gives up nothing that a run used', () => {
  const all = [
    artifactOf(1, { usedBy: ['other'] }),
    artifactOf(2),
    artifactOf(3, { runId: 'other' }),
    artifactOf(4, { runId: 'other' }),
    artifactOf(5),
  ]
  expect(versionsOf(beyondPolicy(all, 1, none))).toEqual([3, 2])
  expect(versionsOf(beyondPolicy(all, 2, none))).toEqual([])
})

it('tells how many are kept of each run, what it says before what is said for all', () => {
  const all = [artifactOf(1), artifactOf(2, { runId: 'other' })]
  expect(keptOfRuns(all, [])).toEqual([null])
  expect(keptOfRuns(all, [policy(3, null)])).toEqual([3])
  expect(keptOfRuns(all, [policy(3, null), policy(1, 'other')])).toEqual([1, 3])
  expect(keptOfRuns(all, [policy(3, 'maker')])).toEqual([3, null])
  expect(keptOfRuns([], [policy(3, null)])).toEqual([3])
})

it('counts neither those given up nor those removed among the newest', () => {
  const all = [artifactOf(1), artifactOf(2), artifactOf(3, { removedAt: 1 }), artifactOf(4, { erasedAt: 1 })]
  expect(versionsOf(beyondPolicy(all, 1, none))).toEqual([1])
  expect(versionsOf(removedWithBytes(all))).toEqual([3])
})
