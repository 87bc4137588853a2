import { expect, it } from 'vitest'
import { artifactOf } from './artifact.fixture.ts'
import { listArtifacts, listRunArtifacts, type ArtifactEntry } from './artifact-entries.ts'

const words = (entries: readonly ArtifactEntry[]): readonly string[] =>
  entries.map((entry) => (entry.kind === 'name' ? entry.name : `v${entry.artifact.version}`))

const SHELF = [
  artifactOf(3, { name: 'model', type: 'model', aliases: ['best'] }),
  artifactOf(2, { name: 'model', type: 'model', removedAt: 5 }),
  artifactOf(1, { name: 'model', type: 'model', step: 90 }),
  artifactOf(7, { name: 'zoo', type: 'dataset', runId: 'other', digest: 'abcdef' }),
]

it('lists versions under their names, those that are removed not', () => {
  expect(words(listArtifacts(SHELF, ''))).toEqual(['model', 'v3', 'v1', 'zoo', 'v7'])
})

it('finds versions by every word of name, type, alias, number and digest', () => {
  expect(words(listArtifacts(SHELF, 'BEST model'))).toEqual(['model', 'v3'])
  expect(words(listArtifacts(SHELF, 'v1'))).toEqual(['model', 'v1'])
  expect(words(listArtifacts(SHELF, 'abcd'))).toEqual(['zoo', 'v7'])
  expect(words(listArtifacts(SHELF, 'best dataset'))).toEqual([])
})

it('lists what a run made by step, then what it used', () => {
  expect(words(listRunArtifacts(SHELF, 'maker'))).toEqual(['model', 'v1', 'v3', 'zoo', 'v7'])
})

it('gives every row a key of its own', () => {
  const twice = [artifactOf(1, { runId: 'a' }), artifactOf(2, { runId: 'b' })]
  const keys = listRunArtifacts(twice, 'a').map(({ key }) => key)
  expect(new Set(keys).size).toBe(4)
})
