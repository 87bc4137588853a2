import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { gatherWrites } from './gather-writes.ts'
import { PAGE_BYTES } from './page-size.ts'
import type { SyncHandle } from './sync-handle.ts'

/** A class of files in memory; `fails` says which of the calls that reach them throw, counted from 0. */
function makeFiles(fails: (call: number) => boolean = () => false) {
  let calls = 0
  const writes: string[] = []
  class MemoryHandle implements SyncHandle {
    bytes = new Uint8Array(0)
    flushed = new Uint8Array(0)
    readonly name: string
    constructor(name: string) {
      this.name = name
    }
    getSize() {
      return this.bytes.length
    }
    read(into: AllowSharedBufferSource, { at }: { readonly at: number }) {
      const found = this.bytes.subarray(at, at + into.byteLength)
      ;(into as Uint8Array).set(found)
      return found.length
    }
    write(part: AllowSharedBufferSource, { at = 0 }: { readonly at?: number } = {}) {
      if (fails(calls++)) throw new Error('The disk failed.')
      const end = at + part.byteLength
      if (end > this.bytes.length) this.truncate(end)
      this.bytes.set(part as Uint8Array, at)
      writes.push(`${this.name} ${at} ${part.byteLength}`)
      return part.byteLength
    }
    truncate(size: number) {
      const bytes = new Uint8Array(size)
      bytes.set(this.bytes.subarray(0, size))
      this.bytes = bytes
    }
    flush() {
      this.flushed = this.bytes.slice()
    }
    close() {}
  }
  return { MemoryHandle, writes }
}

/** Behind what the engine keeps in front of them. */
const placeOf = (index: number): number => 4_096 + index * PAGE_BYTES

const page = (fill: number): Uint8Array => new Uint8Array(PAGE_BYTES).fill(fill)

/** Bytes in one go: an assertion looks at each of a million. */
function isSame(one: unknown, other: unknown): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array) return Buffer.compare(one, other) === 0
  return JSON.stringify(one) === JSON.stringify(other)
}

const operation = fc.record({
  file: fc.nat(1),
  what: fc.constantFrom(
    'write',
    'write',
    'write',
    'next',
    'next',
    'next',
    'record',
    'read',
    'size',
    'truncate',
    'flush',
  ),
  page: fc.nat(6),
  fill: fc.integer({ min: 1, max: 255 }),
})

test('whatever is read is what would be there without it, and so is the file in the end', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
      const [plain, gathered] = [makeFiles(), makeFiles()]
      gatherWrites(gathered.MemoryHandle.prototype)
      const pairs = ['a', 'b'].map(
        (name) => [new plain.MemoryHandle(name), new gathered.MemoryHandle(name)] as const,
      )
      const next = [0, 0]
      for (const { file, what, page: index, fill } of operations) {
        const place = what === 'next' ? (next[file] ?? 0) : index
        const at = placeOf(place)
        const seen = pairs[file]?.map((handle) => {
          const into = page(0)
          if (what === 'write' || what === 'next') return handle.write(page(fill), { at })
          // As a journal does: anywhere, of any length.
          if (what === 'record') return handle.write(page(fill).subarray(fill), { at: at - 512 })
          if (what === 'read') return [handle.read(into, { at }), into[0], into.at(-1)]
          if (what === 'truncate') return handle.truncate(at)
          if (what === 'size') return handle.getSize()
          handle.flush()
          return handle.flushed
        })
        expect(isSame(seen?.[1], seen?.[0])).toBe(true)
        if (what === 'write' || what === 'next') next[file] = place + 1
      }
      for (const [one, other] of pairs) {
        for (const handle of [one, other]) handle.close()
        expect(Buffer.compare(other.bytes, one.bytes)).toBe(0)
      }
    }),
  )
})

test('pages in a row are one write, and nothing overtakes what was written before it', () => {
  const { MemoryHandle, writes } = makeFiles()
  gatherWrites(MemoryHandle.prototype)
  const [journal, main] = [new MemoryHandle('journal'), new MemoryHandle('main')]
  main.write(page(1), { at: placeOf(9) })
  journal.write(page(2), { at: placeOf(0) + 4 })
  for (let index = 0; index < 40; index += 1) main.write(page(3), { at: placeOf(index) })
  main.flush()
  expect(writes).toEqual([
    `main ${placeOf(9)} ${PAGE_BYTES}`,
    `journal ${placeOf(0) + 4} ${PAGE_BYTES}`,
    `main ${placeOf(0)} ${32 * PAGE_BYTES}`,
    `main ${placeOf(32)} ${8 * PAGE_BYTES}`,
  ])
})

test('pages that failed are told to whoever uses their file next, once, and to nobody else', () => {
  const { MemoryHandle } = makeFiles((call) => call === 0)
  gatherWrites(MemoryHandle.prototype)
  const [main, other] = [new MemoryHandle('main'), new MemoryHandle('other')]
  main.write(page(1), { at: placeOf(0) })
  other.write(page(2), { at: placeOf(0) })
  other.flush()
  expect(main.getSize()).toBe(0)
  expect(() => main.flush()).toThrow('The disk failed.')
  main.flush()
  expect([main.getSize(), other.getSize()]).toEqual([0, placeOf(1)])
})

test('what is no page fails at once', () => {
  const { MemoryHandle } = makeFiles((call) => call === 0)
  gatherWrites(MemoryHandle.prototype)
  const journal = new MemoryHandle('journal')
  expect(() => journal.write(page(1), { at: placeOf(0) + 4 })).toThrow('The disk failed.')
})
