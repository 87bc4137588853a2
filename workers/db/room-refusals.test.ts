import { beforeEach, expect, test } from 'vitest'
import { gatherWrites } from './gather-writes.ts'
import { PAGE_BYTES } from './page-size.ts'
import { takeRefusal, watchForRefusals } from './room-refusals.ts'
import type { SyncHandle } from './sync-handle.ts'

/** −8 as Chromium hands it out. */
const NEGATIVE = 4_294_967_288

/** A class of handles that move nothing and say that they moved `said(asked)` bytes. */
function makeHandles(said: (asked: number) => number) {
  class Handle implements SyncHandle {
    getSize = () => 0
    read(into: AllowSharedBufferSource, _options: { readonly at: number }) {
      return said(into.byteLength)
    }
    write(bytes: AllowSharedBufferSource, _options?: { readonly at?: number }) {
      return said(bytes.byteLength)
    }
    truncate() {}
    flush() {}
    close() {}
  }
  watchForRefusals(Handle.prototype)
  return Handle
}

const bytes = new Uint8Array(20)

beforeEach(() => void takeRefusal())

test.each([NEGATIVE, -8, 19, 21, Number.NaN])(
  'a write of 20 bytes that answers %d was refused for want of room',
  (said) => {
    const handle = new (makeHandles(() => said))()
    expect(() => handle.write(bytes, { at: 0 })).toThrow(`The file took ${said} of 20 bytes.`)
    expect(takeRefusal()).toBe(true)
  },
)

test('a whole write is answered as it is', () => {
  expect(new (makeHandles((asked) => asked))().write(bytes, { at: 0 })).toBe(20)
  expect(takeRefusal()).toBe(false)
})

test('a read may end early, and gives no more than it was asked for', () => {
  const { prototype } = makeHandles(() => 7)
  expect(prototype.read(bytes, { at: 0 })).toBe(7)
  for (const said of [NEGATIVE, -8, 21])
    expect(() => makeHandles(() => said).prototype.read(bytes, { at: 0 })).toThrow('of 20 bytes')
})

test('pages gathered into one write that was not whole are told at the flush', () => {
  const Handle = makeHandles(() => NEGATIVE)
  gatherWrites(Handle.prototype)
  const handle = new Handle()
  handle.write(new Uint8Array(PAGE_BYTES), { at: 4_096 })
  expect(() => handle.flush()).toThrow(`The file took ${NEGATIVE} of ${PAGE_BYTES} bytes.`)
})
