import { describe, expect, it } from 'vitest'
import type { MediaCell, TableMeta } from '../model/media-content/table-content.ts'
import { histogram } from './histogram.ts'
import { image } from './image.ts'
import { open, opened } from './opened.fixture.ts'
import { table } from './table.ts'

async function read(value: ReturnType<typeof table>) {
  const { kind, meta, data, dtype } = await opened(value)
  expect([kind, dtype]).toEqual(['table', 'uint8'])
  const { columns, rows, jsonBytes } = meta as TableMeta
  const bytes = data as Uint8Array
  const cells = JSON.parse(new TextDecoder().decode(bytes.subarray(0, jsonBytes))) as unknown[][]
  expect(cells.map((column) => column.length)).toEqual(columns.map(() => rows))
  return { columns: columns.map(({ name, type }) => `${name}: ${type}`), cells, bytes, rows }
}

const dot = (level: number) => image({ data: Uint8Array.of(level), width: 1, height: 1 })

describe('table', () => {
  it('finds the type of each column from its cells', async () => {
    const { columns, cells } = await read(
      table([
        { n: 1, word: 'a', flag: true, mixed: 1, list: [1, 2] },
        { n: Number.NaN, word: 'ä<img>', mixed: 'x', late: 3n },
      ]),
    )
    expect(columns).toEqual([
      'n: number',
      'word: text',
      'flag: boolean',
      'mixed: json',
      'list: json',
      'late: text',
    ])
    expect(cells).toEqual([
      [1, 'NaN'],
      ['a', 'ä<img>'],
      [true, null],
      [1, 'x'],
      [[1, 2], null],
      [null, '3'],
    ])
  })

  it('takes lists with names, and { columns, rows }', async () => {
    const rows = [[1, 'a'], [2]]
    const columns = ['n', 'word']
    const expected = {
      columns: ['n: number', 'word: text'],
      cells: [
        [1, 2],
        ['a', null],
      ],
    }
    expect(await read(table(rows, columns))).toMatchObject(expected)
    expect(await read(table({ columns, rows }))).toMatchObject(expected)
    expect(await read(table(rows))).toMatchObject({ ...expected, columns: ['0: number', '1: text'] })
  })

  it('keeps a table without rows, or without columns', async () => {
    expect(await read(table([], ['a']))).toMatchObject({ columns: ['a: text'], cells: [[]], rows: 0 })
    expect(await read(table([{}, {}]))).toMatchObject({ columns: [], rows: 2 })
  })

  it('lays the files of cells behind the rest, where each says', async () => {
    const files = Array.from({ length: 12 }, (_, level) => dot(level))
    const { columns, cells, bytes } = await read(table([...files.map((file, n) => ({ n, file })), { n: 12 }]))
    expect(columns).toEqual(['n: number', 'file: image'])
    for (const [row, file] of files.entries()) {
      const { kind, from, meta, bytes: length } = (cells[1] ?? [])[row] as MediaCell
      expect([kind, meta]).toEqual(['image', (await opened(file)).meta])
      expect(bytes.subarray(from, from + length)).toEqual((await opened(file)).data)
    }
    expect(cells[1]?.[12]).toBeNull()
  })

  it('keeps the other cells where one could not be prepared', async () => {
    const broken = image({ data: Uint8Array.of(1), width: 2, height: 2 })
    const { cells } = await read(table([{ file: broken }, { file: dot(1) }]))
    expect(cells[0]).toEqual([null, expect.objectContaining({ kind: 'image' })])
  })

  it('survives cycles and getters that throw', async () => {
    const cyclic: Record<string, unknown> = { n: 1 }
    cyclic['self'] = cyclic
    expect((await read(table([{ cyclic }]))).cells).toEqual([[{ n: 1, self: '[circular]' }]])
    const hostile = Object.defineProperty({}, 'a', {
      enumerable: true,
      get: () => {
        throw new Error('no')
      },
    })
    expect(await open(table([hostile]))).toBe('unreadable: no')
  })

  it.each([
    [[[1, 2, 3]], ['a', 'b'], 'row 0 has 3 cells for 2 columns'],
    [[{ a: 1 }, null], undefined, 'row 1 is null'],
    ['rows', undefined, 'no rows but string "rows"'],
    [{ rows: 3 }, undefined, 'no rows but number 3'],
    [[{ a: histogram([1]) }], undefined, 'column a: a cell is no image, sound or film: histogram'],
    [[{ a: dot(1) }, { a: 3 }], undefined, 'column a: number 3 among media in row 1'],
  ])('refuses %# in words', async (rows, columns, words) => {
    expect(await open(table(rows as never, columns))).toBe(words)
  })
})
