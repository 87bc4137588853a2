import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDigits } from './digits-file.ts'
import { IRIS_SPECIES, parseIris } from './iris-file.ts'
import { splitRows, standardizeRows, type LabelledRows } from './labelled-rows.ts'
import { createRandom, shuffledIndices } from '../model/seeded-random.ts'

function shipped(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../public/data/${name}`, import.meta.url)))
}

function countLabels(rows: LabelledRows, classes: number): number[] {
  return Array.from({ length: classes }, (_, label) => rows.labels.filter((each) => each === label).length)
}

function order(seed: number): number[] {
  return [...shuffledIndices(100, createRandom(seed))]
}

function pairs(features: number[]): LabelledRows {
  const count = features.length / 2
  return { count, width: 2, features: Float32Array.from(features), labels: new Int32Array(count) }
}

describe('digits.bin', () => {
  it('holds the 1,797 scans of the UCI test set', () => {
    const digits = parseDigits(shipped('digits.bin'))
    if (!digits.ok) throw new Error(digits.error)
    expect(digits.value.count).toBe(1_797)
    // The class counts scikit-learn documents for load_digits.
    expect(countLabels(digits.value, 10)).toEqual([178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    expect([...digits.value.features.subarray(0, 8)].map((value) => value * 16)).toEqual([
      0, 0, 5, 13, 9, 1, 0, 0,
    ])
    expect(Math.max(...digits.value.features)).toBe(1)
  })

  it('is refused when it is cut or is something else', () => {
    const whole = shipped('digits.bin')
    for (const bytes of [
      new Uint8Array(0),
      whole.subarray(0, 100),
      new TextEncoder().encode('x'.repeat(650)),
    ]) {
      expect(parseDigits(bytes).ok).toBe(false)
    }
  })
})

describe('iris.csv', () => {
  it('holds 50 flowers of each species', () => {
    const iris = parseIris(new TextDecoder().decode(shipped('iris.csv')))
    if (!iris.ok) throw new Error(iris.error)
    expect(countLabels(iris.value, IRIS_SPECIES.length)).toEqual([50, 50, 50])
    expect(iris.value.features.subarray(0, 4)).toEqual(Float32Array.from([5.1, 3.5, 1.4, 0.2]))
  })

  it('is refused, with the line, when it is something else', () => {
    expect(parseIris('<!doctype html>\n<p>404')).toMatchObject({
      ok: false,
      error: expect.stringContaining('Line 2'),
    })
    expect(parseIris('').ok).toBe(false)
  })
})

describe('shuffling', () => {
  it('is the same for the same seed and another for another', () => {
    expect(order(1)).toEqual(order(1))
    expect(order(1)).not.toEqual(order(2))
  })

  it('keeps every row exactly once', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(), (count, seed) => {
        const order = shuffledIndices(count, createRandom(seed)).toSorted()
        expect([...order]).toEqual([...order.keys()])
      }),
    )
  })

  it('brings every row to every place equally often', () => {
    const random = createRandom(5)
    const landed = new Uint32Array(5)
    for (let round = 0; round < 10_000; round += 1) {
      const place = shuffledIndices(5, random).indexOf(0)
      landed[place] = (landed[place] ?? 0) + 1
    }
    for (const count of landed) expect(Math.abs(count - 2_000)).toBeLessThan(200)
  })

  it('splits rows without losing, mixing or repeating one', () => {
    const rows: LabelledRows = {
      count: 50,
      width: 2,
      features: Float32Array.from({ length: 100 }, (_, index) => index),
      labels: Int32Array.from({ length: 50 }, (_, index) => index),
    }
    const { training, validation } = splitRows(rows, 0.2, createRandom(1))
    expect([training.count, validation.count]).toEqual([40, 10])
    expect([...training.labels, ...validation.labels].toSorted((a, b) => a - b)).toEqual([...rows.labels])
    for (const part of [training, validation]) {
      for (const [row, label] of part.labels.entries()) {
        expect([...part.features.subarray(2 * row, 2 * row + 2)]).toEqual([2 * label, 2 * label + 1])
      }
    }
  })
})

describe('standardizing', () => {
  it('uses the training rows only, and leaves a constant column at 0', () => {
    const { training, validation } = standardizeRows({
      training: pairs([1, 7, 3, 7]),
      validation: pairs([5, 7]),
    })
    expect([...training.features]).toEqual([-1, 0, 1, 0])
    expect([...validation.features]).toEqual([3, 0])
  })
})
