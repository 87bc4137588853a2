import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openCommitLog } from './commit-log.ts'
import type { LogFile } from './store-files.ts'

/** A file whose bytes a test can see and spoil. */
function makeFile(bytes = new Uint8Array(0)): LogFile & { bytes: Uint8Array } {
  const file = {
    bytes,
    size: () => file.bytes.length,
    read(into: Uint8Array, at: number) {
      const part = file.bytes.subarray(at, at + into.length)
      into.set(part)
      return part.length
    },
    write(part: Uint8Array, at: number) {
      const grown = new Uint8Array(Math.max(file.bytes.length, at + part.length))
      grown.set(file.bytes)
      grown.set(part, at)
      file.bytes = grown
    },
    flush: () => undefined,
  }
  return file
}

function replay(file: LogFile): number[][] {
  const found: number[][] = []
  openCommitLog(file).replay((payload) => void found.push([...payload]))
  return found
}

const payloads = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 })

describe('commit log', () => {
  it('gives back what was appended, in order, and goes on after it', () => {
    fc.assert(
      fc.property(payloads, payloads, (before, after) => {
        const file = makeFile()
        const first = openCommitLog(file)
        for (const payload of before) first.append([payload.subarray(0, 1), payload.subarray(1)])
        const second = openCommitLog(file)
        second.replay(() => undefined)
        expect(second.bytes).toBe(first.bytes)
        for (const payload of after) second.append([payload])
        expect(replay(file)).toEqual([...before, ...after].map((payload) => Array.from(payload)))
      }),
    )
  })

  it('ends before a record that was cut off or damaged, whatever the byte', () => {
    const file = makeFile()
    const log = openCommitLog(file)
    const ends = [1, 2, 3].map((value) => {
      log.append([Uint8Array.of(value, value, value)])
      return log.bytes
    })
    const whole = file.bytes
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const spoilt = whole.slice()
        spoilt[at] = (spoilt[at] ?? 0) ^ flip
        const expected = ends.filter((end) => end <= at).length
        expect(replay(makeFile(spoilt)).length).toBe(expected)
        expect(replay(makeFile(whole.slice(0, at))).length).toBe(expected)
      }),
    )
  })

  it('never takes a record of before it began anew for one of after', () => {
    const file = makeFile()
    const log = openCommitLog(file)
    for (const value of [1, 2, 3]) log.append([Uint8Array.of(value)])
    log.restart()
    expect(replay(file)).toEqual([])
    log.append([Uint8Array.of(9)])
    expect(replay(file)).toEqual([[9]])
    const next = openCommitLog(file)
    next.restart()
    next.append([Uint8Array.of(8)])
    expect(replay(file)).toEqual([[8]])
  })
})
