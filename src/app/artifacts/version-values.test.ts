import { expect, it } from 'vitest'
import { artifactOf } from './artifact.fixture.ts'
import { versionValues } from './version-values.ts'
import type { SeriesSummary } from '../../model/series.ts'

const series = [
  { key: 'val_loss', min: 0.1, max: 9, last: 0.3 },
  { key: 'lr', min: 0, max: 1, last: 0.5 },
] as unknown as readonly SeriesSummary[]
const words = (values: ReturnType<typeof versionValues>): readonly string[] =>
  values.map(({ key, value, isOfRun }) => `${key} ${value}${isOfRun ? ' of its run' : ''}`)

it('tells the numbers of the version, not those its run came to later', () => {
  const metadata = { epoch: 3, loss: 0.7, val_loss: 0.2, note: 'x', lr: 0.01 }
  expect(words(versionValues(artifactOf(1, { metadata }), series))).toEqual([
    'val_loss 0.2',
    'loss 0.7',
    'lr 0.01',
  ])
})

it('tells first what the version has an alias for', () => {
  const held = { alias: 'best', runId: 'r', metric: 'score', value: 7, direction: 'max' } as const
  const version = artifactOf(1, { heldAliases: [held], metadata: { score: 6, val_loss: 0.2 } })
  expect(words(versionValues(version, series))).toEqual(['score 7', 'val_loss 0.2'])
})

it('says that they are of the run where the version says none', () => {
  expect(words(versionValues(artifactOf(1, { metadata: { layers: 4 } }), series))).toEqual([
    'val_loss 0.1 of its run',
    'lr 0.5 of its run',
  ])
  expect(versionValues(artifactOf(1), [])).toEqual([])
})
