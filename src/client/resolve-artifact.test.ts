import { expect, it } from 'vitest'
import type { Artifact, HeldAlias } from '../model/artifact.ts'
import { ambiguousArtifact } from './ambiguous-artifact.ts'
import { versionsMeant } from './resolve-artifact.ts'

type Held = Partial<HeldAlias>

function artifact(version: number, runId: string, held?: Held, more: Partial<Artifact> = {}): Artifact {
  const given = { alias: 'best', runId: null, metric: null, value: null, direction: null, ...held }
  return {
    id: `id ${version}`,
    experimentId: 'e',
    runId,
    name: 'checkpoint',
    version,
    aliases: held === undefined ? [] : [given.alias],
    heldAliases: held === undefined ? [] : [given],
    erasedAt: null,
    ...more,
  } as unknown as Artifact
}

const loss = (runId: string | null, value: number): Held => ({
  runId,
  metric: 'val_loss',
  value,
  direction: 'min',
})

function find(artifacts: readonly Artifact[], reference = 'checkpoint:best', runId: string | null = null) {
  const meant = versionsMeant(artifacts, reference, runId)
  return meant.length > 1 ? ambiguousArtifact(reference, meant).message : meant[0]?.version
}

it('finds by id, number, alias and the newest that has bytes', () => {
  const all = [artifact(1, 'a', {}), artifact(2, 'a'), artifact(3, 'a', undefined, { erasedAt: 5 })]
  expect(find(all)).toBe(1)
  expect(find(all, 'checkpoint')).toBe(2)
  expect(find(all, 'checkpoint:latest')).toBe(2)
  expect(find(all, 'checkpoint:v3')).toBe(3)
  expect(find(all, 'id 3')).toBe(3)
  expect(find(all, 'checkpoint:worst')).toBeUndefined()
  expect(find(all, 'model')).toBeUndefined()
})

it('takes the best of the bests of several runs, as their metric says', () => {
  const all = [
    artifact(1, 'a', loss('a', 0.3)),
    artifact(2, 'b', loss('b', 0.2)),
    artifact(3, 'c', loss('c', 0.4)),
  ]
  expect(find(all)).toBe(2)
  const more = all.map((each) => ({
    ...each,
    heldAliases: each.heldAliases.map((held) => ({ ...held, metric: 'acc', direction: 'max' as const })),
  }))
  expect(find(more)).toBe(3)
})

it('takes what the asking run has before what is better of another', () => {
  const all = [artifact(1, 'a', loss('a', 0.3)), artifact(2, 'b', loss('b', 0.2)), artifact(3, 'c', {})]
  expect(find(all, 'checkpoint:best', 'a')).toBe(1)
  expect(find(all, 'checkpoint:best', 'c')).toBe(3)
  expect(find(all.slice(0, 2), 'checkpoint:best', 'new')).toBe(2)
})

it('refuses what does not compare, and says what to write', () => {
  const acc: Held = { runId: 'b', metric: 'acc', value: 0.9, direction: 'max' }
  const all = [artifact(1, 'a', loss('a', 0.3)), artifact(2, 'b', acc)]
  expect(find(all)).toContain(
    'v2 (highest acc, 0.9), v1 (lowest val_loss, 0.3). Say which, as checkpoint:v2.',
  )
  expect(find([artifact(1, 'a', loss('a', 0.3)), artifact(2, 'b', {})])).toContain('v2 (given by hand)')
})

it('refuses a name that several experiments have', () => {
  const all = [artifact(1, 'a', {}), artifact(2, 'b', {}, { experimentId: 'f' })]
  expect(find(all)).toContain('2 experiments')
  expect(find(all, 'checkpoint:v2')).toBe(2)
})
