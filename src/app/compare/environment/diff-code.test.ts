import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffCode, withoutFar, type CodeLine } from './diff-code.ts'

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '', '<img onerror>'), { maxLength: 30 })
  .map((lines) => lines.map((line) => `${line}\n`).join(''))

/** One side of a difference, by the numbers of its lines. */
function side(lines: readonly CodeLine[], which: 'before' | 'after'): ReadonlyMap<number, string> {
  return new Map(lines.flatMap((line) => (line[which] === null ? [] : [[line[which], line.text] as const])))
}

test('every line that is shown is a line of its file, and all that differ are shown', async () => {
  await fc.assert(
    fc.asyncProperty(text, text, async (before, after) => {
      const lines = await diffCode({ a: before, same: 'x' }, { a: after, same: 'x' })
      expect(lines.length === 0).toBe(before === after)
      for (const [which, whole] of [
        ['before', before],
        ['after', after],
      ] as const) {
        const texts = whole.split('\n')
        for (const [number, line] of side(lines, which)) expect(line).toBe(texts[number - 1])
      }
      // What is left out is equal on both sides: what is shown has lost as many lines of one as of the other.
      const lost = (which: 'before' | 'after', whole: string): number =>
        whole.split('\n').length - side(lines, which).size
      expect(lost('before', before)).toBe(before === after ? lost('before', before) : lost('after', after))
    }),
  )
})

test('a file that only one of them has is all added or all removed', async () => {
  expect((await diffCode({}, { b: '1\n2\n' })).map(({ kind }) => kind)).toEqual(['file', 'added', 'added'])
  expect((await diffCode({ b: '1' }, {})).map(({ kind }) => kind)).toEqual(['file', 'removed'])
})

test('equal lines far from a difference are counted', () => {
  const same = Array.from({ length: 20 }, (_, index): CodeLine => ({
    kind: 'same',
    text: '',
    before: index,
    after: index,
  }))
  const added: CodeLine = { kind: 'added', text: 'new', before: null, after: 20 }
  const shown = withoutFar([...same, added, ...same])
  expect(shown.map(({ kind }) => kind)).toEqual([
    'skipped',
    'same',
    'same',
    'same',
    'added',
    'same',
    'same',
    'same',
    'skipped',
  ])
  expect(shown[0]?.text).toBe('17 equal lines')
})
