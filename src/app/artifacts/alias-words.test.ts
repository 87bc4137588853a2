import { expect, it } from 'vitest'
import type { HeldAlias } from '../../model/artifact.ts'
import { aliasReason, aliasWords, isOneOfMany } from './alias-words.ts'
import { artifactOf } from './artifact.fixture.ts'

const byHand: HeldAlias = { alias: 'best', runId: null, metric: null, value: null, direction: null }
const ranked: HeldAlias = { ...byHand, runId: 'r', metric: 'val_loss', value: 0.25, direction: 'min' }
const nameOf = (id: string): string | undefined => ({ r: 'baseline' })[id]

it('says the value an alias was given for, and whose it is where several runs have one', () => {
  expect(aliasWords(byHand, true, nameOf)).toBe('best')
  expect(aliasWords(ranked, false, nameOf)).toBe('best 0.2500')
  expect(aliasWords(ranked, true, nameOf)).toBe('best 0.2500 of baseline')
  expect(aliasWords({ ...ranked, runId: 'unread' }, true, nameOf)).toBe('best 0.2500 of …')
})

it('says why a version has an alias', () => {
  expect(aliasReason(byHand, nameOf)).toBe('given by hand')
  expect(aliasReason(ranked, nameOf)).toBe('lowest val_loss of baseline, 0.2500')
  expect(aliasReason({ ...ranked, runId: null, direction: 'max' }, nameOf)).toBe(
    'highest val_loss of the experiment, 0.2500',
  )
})

it('finds other versions of the name that have the alias', () => {
  const has = { aliases: ['best'], heldAliases: [ranked] }
  const [one, other] = [artifactOf(1, has), artifactOf(2, has)]
  expect(isOneOfMany([one, other], one, 'best')).toBe(true)
  expect(isOneOfMany([one, artifactOf(2)], one, 'best')).toBe(false)
  expect(isOneOfMany([one, { ...other, name: 'another' }], one, 'best')).toBe(false)
  expect(isOneOfMany([one, { ...other, removedAt: 1 }], one, 'best')).toBe(false)
})
