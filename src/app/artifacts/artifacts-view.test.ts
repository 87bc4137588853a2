import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  ARTIFACT_LOOKS,
  INITIAL_ARTIFACTS,
  MAX_NAMED_ARTIFACTS,
  parseArtifactsView,
  printArtifactsView,
} from './artifacts-view.ts'

const view = fc.record({
  search: fc.string({ maxLength: 500 }),
  look: fc.constantFrom(...ARTIFACT_LOOKS),
  open: fc.array(fc.string(), { maxLength: 5 }),
  picked: fc.array(fc.string(), { maxLength: 5 }),
})

it('reads what it prints', () => {
  fc.assert(
    fc.property(view, (written) => {
      expect(parseArtifactsView(printArtifactsView(written))).toEqual(written)
    }),
  )
})

it('says nothing of what is as at first', () => {
  expect(printArtifactsView(INITIAL_ARTIFACTS)).toBe('')
})

it('makes an arrangement of anything', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const { search, look, open, picked } = parseArtifactsView(text)
      expect([typeof search, ARTIFACT_LOOKS.includes(look)]).toEqual(['string', true])
      expect([...open, ...picked].every((id) => typeof id === 'string')).toBe(true)
    }),
  )
  const many = JSON.stringify({ open: Array.from({ length: 2_000 }, String), search: 'x'.repeat(5_000) })
  expect(parseArtifactsView(many).open).toHaveLength(MAX_NAMED_ARTIFACTS)
  expect(parseArtifactsView(many).search).toHaveLength(500)
})
