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
    truncate(size: number) {
      file.bytes = file.bytes.slice(0, size)
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

  it('has a record only when all of its bulk is on the disk, wherever the power fails', () => {
    const pending: { readonly part: Uint8Array; readonly at: number }[] = []
    let durable = makeFile()
    const found: number[] = []
    const bulk = [new Uint8Array(16).fill(7), new Uint8Array(24).fill(8)]

    /** What is on the disk when any part of what was not flushed got there. */
    function fail(): void {
      for (let chosen = 0; chosen < 2 ** pending.length; chosen++) {
        const file = makeFile(durable.bytes.slice())
        for (const [index, { part, at }] of pending.entries()) if ((chosen >> index) & 1) file.write(part, at)
        let records = 0
        const log = openCommitLog(file)
        log.replay((payload, bulkAt) => {
          records += 1
          expect([...payload]).toEqual([records])
          const read = new Uint8Array(40)
          log.read(read, bulkAt)
          expect(read).toEqual(Uint8Array.from({ length: 40 }, (_, at) => (at < 16 ? 7 : 8)))
        })
        found.push(records)
      }
    }
    const log = openCommitLog({
      ...makeFile(),
      write(part, at) {
        pending.push({ part: part.slice(), at })
        fail()
      },
      flush() {
        durable = makeFile(durable.bytes.slice())
        for (const { part, at } of pending.splice(0)) durable.write(part, at)
        fail()
      },
    })
    for (const value of [1, 2]) log.append([Uint8Array.of(value)], bulk)
    expect(found).toContain(1)
    expect(found.at(-1)).toBe(2)
  })

  it('gives the room of bulks back, and nothing that counts', () => {
    const file = makeFile()
    const log = openCommitLog(file)
    const large = 16 * 2 ** 20
    log.append([Uint8Array.of(1)], [new Uint8Array(large)])
    log.shrink()
    expect(replay(file)).toEqual([[1]])
    log.restart()
    log.shrink()
    expect(file.size()).toBeLessThan(large)
    expect(replay(file)).toEqual([])
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
