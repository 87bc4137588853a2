import { describe, expect, it } from 'vitest'
import { completeFilter } from './complete.ts'
import type { RunKey } from '../protocol/run-query.ts'

const KNOWN: readonly RunKey[] = [
  { from: 'metric', key: 'loss', runs: 3, numbers: 0, texts: [] },
  { from: 'metric', key: 'val/acc', runs: 3, numbers: 0, texts: [] },
  { from: 'param', key: 'lr', runs: 3, numbers: 0, texts: [] },
  { from: 'param', key: 'units', runs: 3, numbers: 3, texts: [], changed: 1 },
  { from: 'param', key: 'loss', runs: 1, numbers: 0, texts: ['mse'] },
  { from: 'tag', key: 'model', runs: 2, numbers: 0, texts: ['cnn', 'res net'] },
]

/** The text with the caret at `|` and the first option that begins with `begin` chosen. */
function choose(textWithCaret: string, begin = ''): string {
  const caret = textWithCaret.indexOf('|')
  const text = textWithCaret.replace('|', '')
  const { from, to, options } = completeFilter(text, caret, KNOWN)
  const option = options.find((each) => each.text.startsWith(begin))
  return option === undefined ? 'nothing' : `${text.slice(0, from)}${option.text}${text.slice(to)}`
}

function offered(textWithCaret: string): readonly string[] {
  const caret = textWithCaret.indexOf('|')
  return completeFilter(textWithCaret.replace('|', ''), caret, KNOWN).options.map((option) => option.text)
}

describe('completion of a filter', () => {
  it('offers every name, and tells apart two of the same', () => {
    expect(offered('|')).toEqual(
      expect.arrayContaining(['loss', 'val/acc', 'lr', 'model', 'param.loss', 'status', 'not']),
    )
  })

  it('puts what is chosen in place of the word at the caret', () => {
    expect(choose('v|')).toBe('val/acc')
    expect(choose('lr > 1 and acc| = 2')).toBe('lr > 1 and val/acc = 2')
    expect(choose('lo|s > 1', 'loss')).toBe('loss > 1')
    expect(choose('loss.m|', 'loss.min')).toBe('loss.min')
  })

  it('offers what a param was at first where one was set while its run ran', () => {
    expect(offered('units.|')).toEqual(['units.first', 'units.last'])
    expect(choose('param.units.f|', 'param.units.f')).toBe('param.units.first')
    expect(offered('lr.|')).toEqual([])
  })

  it('offers values that are there, quoted where they need it', () => {
    expect(offered('model = |')).toEqual(['cnn', '"res net"'])
    expect(choose('model = "res|')).toBe('model = "res net"')
    expect(choose('status = fin|')).toBe('status = finished')
    expect(offered('param.loss = |')).toEqual(['mse'])
  })

  it('offers names behind a text in quotes, and takes what is in the quotes for none', () => {
    expect(choose('tag.model = "cnn" and lo|', 'loss')).toBe('tag.model = "cnn" and loss')
    expect(choose('name = "a \\" b" and lo|', 'loss')).toBe('name = "a \\" b" and loss')
    expect(offered('tag.model = "res net" |')).toEqual(expect.arrayContaining(['and', 'or']))
    expect(choose('tag.model = "re|')).toBe('tag.model = "res net"')
  })

  it('offers what fits: comparisons after a name, and or or after a condition, units after a number', () => {
    expect(offered('lr |')).toContain('>=')
    expect(offered('model |').slice(0, 3)).toEqual(['=', '!=', 'contains'])
    expect(offered('lr > 1 |')).toEqual(['and', 'or'])
    expect(offered('started > 2 |')).toContain('days ago')
    expect(offered('lr > 1 ) |')).toEqual([])
  })

  it('does not offer what is there already', () => {
    expect(offered('val/acc|')).toEqual([])
  })
})
