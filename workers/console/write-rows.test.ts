import { tableFromIPC } from 'apache-arrow'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutFormula } from '../../src/model/csv.ts'
import { joinKinds, type SqlKind } from '../../src/model/sql-kind.ts'
import type { SqlColumn, SqlValue } from '../../src/protocol/sql-api.ts'
import { makeConsole } from './console.ts'

const ODD_TEXTS = ['', ' x ', 'a,b', 'say "hi"', 'two\nlines', '\r', '€😀', '<img onerror>', '=1+1']

function kindOf(value: SqlValue): SqlKind | undefined {
  if (value === null) return undefined
  if (typeof value === 'bigint') return 'integer'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'real'
  return typeof value === 'string' ? 'text' : 'blob'
}

function columnOf(name: string, values: readonly SqlValue[]): SqlColumn {
  return { name, kind: values.map(kindOf).reduce<SqlKind>(joinKinds, 'null'), values }
}

async function write(columns: readonly SqlColumn[], format: 'csv' | 'json' | 'arrow'): Promise<Blob> {
  const rows = columns[0]?.values.length ?? 0
  const written = await makeConsole().exportAnswer({ columns, rows, more: false, elapsedMs: 0 }, format)
  if (!written.ok) throw new Error(written.error.message)
  expect(written.value.rows).toBe(rows)
  return written.value.file
}

/** Reads CSV letter by letter. Source: RFC 4180. An unquoted empty field is null. */
function readCsv(text: string): (string | null)[][] {
  const rows: (string | null)[][] = []
  let row: (string | null)[] = []
  for (let at = 0; at < text.length;) {
    if (text[at] === '"') {
      let field = ''
      for (at += 1; text[at] !== '"' || text[at + 1] === '"'; at += 1) {
        if (text[at] === '"') at += 1
        field += text[at] ?? ''
      }
      at += 1
      row.push(field)
    } else {
      const end = text.slice(at).search(/,|\r\n/) + at
      row.push(end === at ? null : text.slice(at, end))
      at = end
    }
    if (text[at] === ',') {
      at += 1
      continue
    }
    at += 2
    rows.push(row)
    row = []
  }
  return rows
}

const anyText = fc.oneof(fc.constantFrom(...ODD_TEXTS), fc.string({ unit: 'grapheme' }))
const anyValue = fc.oneof(
  fc.constant(null),
  anyText,
  fc.double({ noNaN: true }),
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
)
const anyRows = fc.array(fc.tuple(anyValue, anyValue, anyText), { minLength: 1, maxLength: 20 })

function textOf(value: SqlValue): string | null {
  if (value === null) return null
  if (typeof value === 'string') return withoutFormula(value)
  return Object.is(value, -0) ? '-0' : String(value)
}

describe('a result written', () => {
  it('reads back from CSV as it was but for formulas, NULL apart from an empty text', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async (rows) => {
        const columns = [0, 1, 2].map((index) =>
          columnOf(
            `c,${index}`,
            rows.map((row) => row[index] ?? null),
          ),
        )
        const [names, ...lines] = readCsv(await (await write(columns, 'csv')).text())
        expect(names).toEqual(['c,0', 'c,1', 'c,2'])
        expect(lines).toEqual(Array.from(rows, (row) => row.map(textOf)))
      }),
    )
  })

  it('is JSON of one object a row, names made different', async () => {
    const columns = [
      columnOf('a', [1, null, 2n ** 60n]),
      columnOf('a', ['x"', '', '\n']),
      columnOf('b', [Infinity, -Infinity, 0.1]),
      columnOf('c', [Uint8Array.of(0, 255), null, null]),
    ]
    const text = await (await write(columns, 'json')).text()
    expect(JSON.parse(text)).toEqual([
      { a: 1, a_2: 'x"', b: Infinity, c: '00ff' },
      { a: null, a_2: '', b: -Infinity, c: null },
      { a: 2 ** 60, a_2: '\n', b: 0.1, c: null },
    ])
    expect(text).toContain('1152921504606846976')
    expect(JSON.parse(await (await write([columnOf('a', [])], 'json')).text())).toEqual([])
  })

  it('is an Arrow table with the types of its columns', async () => {
    const columns = [
      columnOf('whole', [1, null, 2n ** 60n]),
      columnOf('real', [0.5, Infinity, null]),
      columnOf('text', ['€', null, '']),
      columnOf('bytes', [Uint8Array.of(0, 255), null, new Uint8Array(0)]),
      columnOf('mixed', [1, 'x', Uint8Array.of(1)]),
      columnOf('nothing', [null, null, null]),
    ]
    const table = tableFromIPC(new Uint8Array(await (await write(columns, 'arrow')).arrayBuffer()))
    const values = (name: string) => Array.from(table.getChild(name) ?? [])
    expect(table.schema.fields.map(({ type }) => String(type))).toEqual([
      'Int64',
      'Float64',
      'Utf8',
      'Binary',
      'Utf8',
      'Utf8',
    ])
    expect(values('whole')).toEqual([1n, null, 2n ** 60n])
    expect(values('real')).toEqual([0.5, Infinity, null])
    expect(values('text')).toEqual(['€', null, ''])
    expect(values('bytes')).toEqual([Uint8Array.of(0, 255), null, new Uint8Array(0)])
    expect(values('mixed')).toEqual(['1', 'x', '01'])
    expect(values('nothing')).toEqual([null, null, null])
  })
})
