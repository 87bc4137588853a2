import { expect, it } from 'vitest'
import { diffFiles, diffMetadata } from './artifact-diff.ts'
import { artifactOf } from './artifact.fixture.ts'

it('tells files apart by path and digest', () => {
  const before = artifactOf(1, { contents: ['a', 'b', 'c'] })
  const after = artifactOf(2, { contents: ['a', 'other'] })
  const more = { path: 'new', mime: '', bytes: 3, digest: 'n' }
  const found = diffFiles(before, { ...after, files: [...after.files, more] })
  expect(found.map(({ path, state }) => [path, state])).toEqual([
    ['file 0', 'same'],
    ['file 1', 'changed'],
    ['file 2', 'removed'],
    ['new', 'added'],
  ])
})

it('names what differs in the metadata, however deep', () => {
  const before = artifactOf(1, { metadata: { same: 1, deep: { lr: 0.1, list: [1, 2] }, gone: null } })
  const after = artifactOf(2, { metadata: { same: 1, deep: { lr: 0.2, list: [1, 2] }, fresh: 'x' } })
  expect(diffMetadata(before, after)).toEqual([
    { name: 'deep.lr', before: 0.1, after: 0.2 },
    { name: 'fresh', before: undefined, after: 'x' },
    { name: 'gone', before: null, after: undefined },
  ])
})
