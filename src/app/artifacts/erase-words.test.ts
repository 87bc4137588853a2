import { expect, it } from 'vitest'
import { artifactOf } from './artifact.fixture.ts'
import { keptWords, versionsWords } from './erase-words.ts'

it('names the versions that are given up, and counts those beyond a few', () => {
  expect(versionsWords([artifactOf(1), artifactOf(3), artifactOf(1, { name: 'data' })])).toBe(
    'model v1, v3; data v1',
  )
  expect(versionsWords(Array.from({ length: 14 }, (_, index) => artifactOf(index + 1)))).toMatch(
    /^model v1, .*v12 and 2 more$/,
  )
})

it('says of which a policy would have kept the bytes, and why', () => {
  const some = [
    artifactOf(1, { aliases: ['best'] }),
    artifactOf(2, { usedBy: ['a'] }),
    artifactOf(3),
    artifactOf(4),
  ]
  expect(keptWords(some, (id) => id === 'v3')).toEqual([
    'One has an alias, which goes with it: model v1.',
    'One was used by a run: model v2.',
    'One is registered or was forked from: model v3.',
  ])
  expect(keptWords([artifactOf(4)], () => false)).toEqual([])
})
