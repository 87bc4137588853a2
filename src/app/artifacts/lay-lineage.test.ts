import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { artifactOf } from './artifact.fixture.ts'
import { layLineage, MAX_LINEAGE_USERS, MAX_LINEAGE_VERSIONS } from './lay-lineage.ts'

it('stands what came of something right of it', () => {
  const lineage = layLineage([
    artifactOf(1, { runId: 'a', name: 'dataset', usedBy: ['b'] }),
    artifactOf(2, { runId: 'b' }),
    artifactOf(3, { runId: 'b' }),
  ])
  expect(lineage.nodes.map(({ node, column }) => [node.kind, column])).toEqual([
    ['run', 0],
    ['artifact', 1],
    ['run', 2],
    ['artifact', 3],
  ])
  expect(lineage.edges).toHaveLength(3)
})

const shelf = fc.array(
  fc.record({
    runId: fc.constantFrom('a', 'b', 'c'),
    name: fc.constantFrom('m', 'n'),
    usedBy: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 3 }),
  }),
  { maxLength: 12 },
)

it('places every node of any graph, circles too, on a place of its own', () => {
  fc.assert(
    fc.property(shelf, (some) => {
      const { nodes, edges } = layLineage(some.map((more, index) => artifactOf(index + 1, more)))
      const ids = new Set(nodes.map(({ node }) => node.id))
      expect(edges.every(([from, to]) => ids.has(from) && ids.has(to))).toBe(true)
      expect(new Set(nodes.map(({ column, row }) => `${column} ${row}`)).size).toBe(nodes.length)
    }),
  )
})

it('draws the used and the newest of too many, and says how many are left out', () => {
  const many = Array.from({ length: MAX_LINEAGE_VERSIONS + 50 }, (_, index) =>
    artifactOf(index + 1, { runId: `run ${index}`, usedBy: index === 0 ? ['other'] : [] }),
  )
  const { nodes, leftOut } = layLineage(many)
  expect(leftOut).toBe(50)
  expect(nodes.some(({ node }) => node.kind === 'artifact' && node.versions[0]?.version === 1)).toBe(true)
})

it('draws the first of any number of runs that used one version', () => {
  const usedBy = Array.from({ length: MAX_LINEAGE_USERS + 1_000 }, (_, index) => `user ${index}`)
  const { nodes, leftOutRuns } = layLineage([artifactOf(1, { usedBy })])
  expect(nodes).toHaveLength(MAX_LINEAGE_USERS + 2)
  expect(leftOutRuns).toBe(1_000)
})
