import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ARRAY_DTYPES } from '../array.ts'
import type { MediaKind } from '../media.ts'
import { MEDIA_KINDS } from './kinds.ts'
import { parseContent, type ContentOf } from './media-content.ts'
import { arrangedRows } from './table-rows.ts'

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const floats = (...values: readonly number[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Float64Array.from(values).buffer)

function parse(
  kind: MediaKind,
  bytes: Uint8Array<ArrayBuffer>,
  meta: unknown,
  shape: readonly number[] = [bytes.length / 8],
) {
  return parseContent({ dtype: 'float64', shape, bytes }, { kind, meta: JSON.stringify(meta) })
}

/** The content of a kind. */
function shown<K extends MediaKind>(
  kind: K,
  bytes: Uint8Array<ArrayBuffer>,
  meta: unknown,
  shape?: readonly number[],
) {
  const parsed = parse(kind, bytes, meta, shape)
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value as ContentOf<K>
}

/** The names the metas of all kinds use, with values of any kind. */
const NAMES = [
  'mime',
  'width',
  'height',
  'bytes',
  'boxes',
  'masks',
  'columns',
  'rows',
  'jsonBytes',
  'labels',
  'lines',
  'scores',
  'classes',
  'count',
  'format',
  'xLabels',
  'names',
] as const
const anyMeta = fc.oneof(
  fc.string(),
  fc.json(),
  fc
    .dictionary(
      fc.constantFrom(...NAMES),
      fc.oneof(
        fc.jsonValue(),
        fc.constantFrom('image/png', 'audio/wav'),
        fc.integer({ min: -2, max: 40 }),
        fc.array(
          fc.oneof(
            fc.string(),
            fc.dictionary(fc.constantFrom('name', 'count', 'type', 'x', 'y', 'bytes'), fc.jsonValue()),
          ),
        ),
      ),
    )
    .map((meta) => JSON.stringify(meta)),
)

describe('what an array shows', () => {
  it('is parsed or refused in words, whatever bytes, shape and meta it has', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...MEDIA_KINDS),
        fc.constantFrom(...ARRAY_DTYPES),
        fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 4 }),
        fc.uint8Array({ maxLength: 96 }),
        anyMeta,
        (kind, dtype, shape, bytes, meta) => {
          const parsed = parseContent({ dtype, shape, bytes: bytes.slice() }, { kind, meta })
          expect(parsed.ok ? parsed.value.kind : parsed.error).toMatch(
            parsed.ok ? new RegExp(`^${kind}$`) : /\S/,
          )
        },
      ),
      { numRuns: 3_000 },
    )
  })

  it('cuts an image from its masks', () => {
    const image = shown('image', Uint8Array.of(1, 2, 3, 9, 8), {
      mime: 'image/png',
      width: 2,
      height: 1,
      bytes: 3,
      boxes: [{ x: 0, y: 0, width: 1, height: 1, label: 'cat' }, { x: 'no' }],
      masks: [{ name: 'truth', classes: { 1: 'road' }, bytes: 2 }],
    })
    expect([...image.file]).toEqual([1, 2, 3])
    expect(image.boxes).toEqual([{ x: 0, y: 0, width: 1, height: 1, label: 'cat' }])
    expect(image.masks.map(({ png, classes }) => [[...png], classes.get(1)])).toEqual([[[9, 8], 'road']])
  })

  it('takes no image that could hold a script', () => {
    const meta = { mime: 'image/svg+xml', width: 1, height: 1, bytes: 6 }
    expect(parse('image', utf8('<svg/>'), meta)).toEqual({
      ok: false,
      error: expect.stringContaining('image/svg+xml'),
    })
  })

  it('gives a table its cells, numbers that JSON has no word for among them, and its files', () => {
    const json =
      '[["a10","a2",null],["NaN",2,1],[null,{"kind":"audio","from":81,"bytes":2,"meta":{"mime":"audio/wav"}},{"kind":"audio","from":9e9,"bytes":2,"meta":{"mime":"audio/wav"}}]]'
    const from = utf8(json).length
    const whole = json.replace('"from":81', `"from":${from}`)
    const bytes = utf8(`${whole}..`)
    const table = shown('table', bytes, {
      rows: 3,
      jsonBytes: utf8(whole).length,
      columns: [
        { name: 'n', type: 'text' },
        { name: 'v', type: 'number' },
        { name: 's', type: 'audio' },
      ],
    })
    expect(table.columns[1]?.cells).toEqual([Number.NaN, 2, 1])
    expect(table.media(2, 0)).toBeNull()
    expect(table.media(2, 1)).toMatchObject({ kind: 'audio' })
    expect(table.media(2, 2)).toBeNull()
    expect([...arrangedRows(table, '', { column: 0, descending: false })]).toEqual([1, 0, 2])
    expect([...arrangedRows(table, '', { column: 1, descending: true })]).toEqual([1, 2, 0])
    expect([...arrangedRows(table, 'A1', null)]).toEqual([0])
  })

  it('gives a histogram its edges and counts', () => {
    const histogram = shown('histogram', floats(0, 1, 2, 5, 6), { count: 12, nanCount: 1 })
    expect([...histogram.edges, ...histogram.counts]).toEqual([0, 1, 2, 5, 6])
    expect([histogram.count, histogram.nanCount, histogram.mean]).toEqual([12, 1, null])
  })

  it('gives lines their points and scores', () => {
    const meta = {
      lines: [
        { name: 'a', count: 2 },
        { name: 'b', count: 1 },
      ],
      scores: [0.5, 'none'],
    }
    const { lines } = shown('lines', floats(0, 1, 2, 3, 4, 5), meta)
    expect(lines.map(({ x, y, score }) => [[...x], [...y], score])).toEqual([
      [[0, 1], [2, 3], 0.5],
      [[4], [5], null],
    ])
  })

  it('gives a point of a scatter plot its class', () => {
    const scatter = shown('scatter', floats(1, 2, 0, 3, 4, 1), { classes: ['a', 'b'] }, [2, 3])
    expect([[...scatter.x], [...scatter.y], [...scatter.classOf]]).toEqual([
      [1, 3],
      [2, 4],
      [0, 1],
    ])
  })

  it('gives a point cloud its labels or colors, and draws the points that have a place', () => {
    const labelled = shown(
      'point-cloud',
      floats(1, 2, 3, 1, 4, 5, Number.NaN, 0, 6, 7, 8, 9),
      { labels: ['road', 'car'] },
      [3, 4],
    )
    expect([labelled.labels, labelled.colors.length, labelled.lost]).toEqual([['car', 'road', ''], 0, 1])
    expect([...labelled.rows, ...labelled.points]).toEqual([0, 2, 1, 2, 3, 6, 7, 8])
    const colored = shown('point-cloud', floats(1, 2, 3, 255, 0, 7), {}, [1, 6])
    expect([[...colored.colors], colored.labels]).toEqual([[255, 0, 7], []])
    expect(parse('point-cloud', floats(1, 2), {}, [1, 2])).toEqual({
      ok: false,
      error: '[1, 2] are no points with x, y and z',
    })
  })

  it('draws no more points of a cloud than can be turned, spread over all of it', () => {
    const count = 250_000
    const numbers = Float64Array.from({ length: 3 * count }, (_, index) => Math.floor(index / 3))
    const cloud = shown('point-cloud', new Uint8Array(numbers.buffer), {}, [count, 3])
    expect([cloud.count, cloud.rows.length, cloud.lost]).toEqual([count, 83_334, 0])
    expect(Array.from(cloud.rows.subarray(0, 3))).toEqual([0, 3, 6])
    expect(cloud.points.at(-1)).toBe(cloud.rows.at(-1))
  })
})
