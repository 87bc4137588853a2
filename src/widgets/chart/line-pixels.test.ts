import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LinePixels, type LineStroke } from './line-pixels.ts'

const WIDTH = 60
const HEIGHT = 80
const STROKE: LineStroke = { color: '#62b6f0', alpha: 1, width: 1, dash: [] }

interface Place {
  readonly x: number
  readonly y: number
}

interface Picture {
  readonly alpha: (column: number, row: number) => number
  readonly color: (column: number, row: number) => string
}

function pictureOf(pixels: LinePixels): Picture {
  const words = new Uint32Array(pixels.width * pixels.height)
  pixels.take(words)
  const at = (column: number, row: number): number => words[row * pixels.width + column] ?? 0
  return {
    alpha: (column, row) => at(column, row) >>> 24,
    color: (column, row) => {
      const pixel = at(column, row)
      const hex = [pixel & 255, (pixel >>> 8) & 255, (pixel >>> 16) & 255]
      return `#${hex.map((part) => part.toString(16).padStart(2, '0')).join('')}`
    },
  }
}

function addLine(pixels: LinePixels, places: readonly Place[]): void {
  const x = Float64Array.from(places, (place) => place.x)
  const y = Float64Array.from(places, (place) => place.y)
  pixels.line(x, y, places.length)
}

function draw(places: readonly Place[], stroke: Partial<LineStroke> = {}): Picture {
  const pixels = new LinePixels(WIDTH, HEIGHT)
  addLine(pixels, places)
  pixels.stroke({ ...STROKE, ...stroke })
  return pictureOf(pixels)
}

function columnAlpha(picture: Picture, column: number): number {
  let sum = 0
  for (let row = 0; row < HEIGHT; row += 1) sum += picture.alpha(column, row)
  return sum / 255
}

const PLACES = fc
  .array(
    fc.record({
      x: fc.double({ min: -20, max: WIDTH + 20, noNaN: true }),
      y: fc.double({ min: 2, max: HEIGHT - 2, noNaN: true }),
    }),
    { minLength: 1, maxLength: 80 },
  )
  .map((places) => places.toSorted((a, b) => a.x - b.x))

describe('LinePixels', () => {
  it('covers as much of a column as a slanted stroke does', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -4, max: 4, noNaN: true }),
        fc.double({ min: 0.5, max: 4.5, noNaN: true }),
        fc.double({ min: 30, max: 50, noNaN: true }),
        (slope, width, middle) => {
          const yAt = (x: number): number => middle + (x - WIDTH / 2) * slope
          const picture = draw(
            [
              { x: -5, y: yAt(-5) },
              { x: WIDTH + 5, y: yAt(WIDTH + 5) },
            ],
            { width },
          )
          const column = WIDTH / 2
          const area = width * Math.hypot(1, slope)
          expect(Math.abs(columnAlpha(picture, column) - area)).toBeLessThan(0.25 * area + 0.1)
        },
      ),
    )
  })

  it('loses no extreme, however many places share a column', () => {
    fc.assert(
      fc.property(PLACES, (places) => {
        const picture = draw(places)
        for (const { x, y } of places) {
          if (x < 0 || x >= WIDTH) continue
          const [column, row] = [Math.floor(x), Math.floor(y)]
          const seen = [row - 1, row, row + 1].map((near) => picture.alpha(column, near))
          expect(Math.max(...seen)).toBeGreaterThan(90)
        }
      }),
    )
  })

  it('leaves no gap between columns', () => {
    fc.assert(
      fc.property(PLACES, (places) => {
        const picture = draw(places)
        const first = Math.max(0, Math.floor(places[0]?.x ?? 0))
        const last = Math.min(WIDTH - 1, Math.floor(places.at(-1)?.x ?? 0))
        for (let column = first; column <= last; column += 1)
          expect(columnAlpha(picture, column)).toBeGreaterThan(0.4)
      }),
    )
  })

  it('keeps the colour of what is opaque, and nearly that of what is seen through', () => {
    const flat = [
      { x: 0, y: 20 },
      { x: WIDTH, y: 20 },
    ]
    expect(draw(flat, { width: 4 }).color(30, 20)).toBe('#62b6f0')
    const faint = draw(flat, { width: 4, alpha: 0.5 })
    expect(faint.alpha(30, 20)).toBe(127)
    expect(faint.color(30, 20)).toBe('#62b6f0')
    const pixels = new LinePixels(WIDTH, HEIGHT)
    addLine(pixels, flat)
    pixels.stroke({ ...STROKE, width: 4, color: '#ffffff' })
    pixels.stroke({ ...STROKE, width: 4, color: '#000000', alpha: 0.25 })
    expect(pictureOf(pixels).color(30, 20)).toBe('#bfbfbf')
  })

  it('fills from the highest to the lowest line', () => {
    const pixels = new LinePixels(WIDTH, HEIGHT)
    for (const y of [10, 30])
      addLine(pixels, [
        { x: 0, y },
        { x: WIDTH - 1, y },
      ])
    pixels.fill(STROKE.color, 0.15)
    const picture = pictureOf(pixels)
    for (let row = 0; row < HEIGHT; row += 1)
      expect(picture.alpha(20, row)).toBe(row >= 10 && row < 30 ? 37 : 0)
  })

  it('breaks a dashed line, and draws nothing outside', () => {
    const flat = [
      { x: -1e9, y: 20.5 },
      { x: 1e9, y: 20.5 },
    ]
    const picture = draw(flat, { dash: [6, 3] })
    const inked = Array.from({ length: WIDTH }, (_, column) => picture.alpha(column, 20) > 0)
    expect(inked).toEqual(Array.from({ length: WIDTH }, (_, column) => column % 9 < 6))
    const outside = draw([
      { x: 0, y: -500 },
      { x: 20, y: -3 },
      { x: 40, y: HEIGHT + 1e300 },
    ])
    expect(columnAlpha(outside, 5)).toBe(0)
    expect(columnAlpha(outside, 30)).toBeCloseTo(HEIGHT, 1)
  })

  it('is empty after its picture was taken', () => {
    const pixels = new LinePixels(WIDTH, HEIGHT)
    addLine(pixels, [
      { x: 0, y: 5 },
      { x: 50, y: 50 },
    ])
    pixels.stroke(STROKE)
    pictureOf(pixels)
    expect(columnAlpha(pictureOf(pixels), 10)).toBe(0)
  })
})
