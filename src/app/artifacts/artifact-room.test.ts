import { expect, it } from 'vitest'
import { artifactOf } from './artifact.fixture.ts'
import { beyondPolicy, removedWithBytes, roomOf } from './artifact-room.ts'

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

it('counts neither those given up nor those removed among the newest', () => {
  const all = [artifactOf(1), artifactOf(2), artifactOf(3, { removedAt: 1 }), artifactOf(4, { erasedAt: 1 })]
  expect(versionsOf(beyondPolicy(all, 1, none))).toEqual([1])
  expect(versionsOf(removedWithBytes(all))).toEqual([3])
})
