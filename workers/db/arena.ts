import type { Engine, Pointer } from './sqlite.ts'

/** Most statements bind a few words; a part of an array is 1 MiB. */
const ARENA_BYTES = 2 ** 21

/**
 * Memory of the engine for the values of statements under way, given out and taken back like a stack, as queries nest.
 *
 * Cost: no call into the engine for what fits, and no copy by it: values stay in place until their statement is done.
 */
export interface Arena {
  /** A place to come back to. */
  mark(): Mark
  /** Takes back everything given out since the mark. */
  release(mark: Mark): void
  /** Owner: the arena, until released. */
  putText(text: string): { readonly address: Pointer; readonly length: number }
  putBytes(bytes: Uint8Array): Pointer
}

export interface Mark {
  readonly used: number
  readonly outside: number
}

const arenas = new WeakMap<Engine, Arena>()

/** Ids, names and words; up to here a loop is faster than the browser's encoder. */
const SHORT_TEXT = 64

/** False, and nothing said of what was written, when not all characters are ASCII. */
function putAscii(heap: Uint8Array, address: Pointer, text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code > 0x7f) return false
    heap[address + index] = code
  }
  return true
}

export function arenaOf(engine: Engine): Arena {
  const known = arenas.get(engine)
  if (known !== undefined) return known
  const made = makeArena(engine)
  arenas.set(engine, made)
  return made
}

function makeArena({ wasm }: Engine): Arena {
  const start = wasm.alloc(ARENA_BYTES)
  const encoder = new TextEncoder()
  let used = 0
  /** What did not fit. */
  const outside: Pointer[] = []

  function place(length: number): Pointer {
    // One byte at least, and a multiple of eight: a pointer of 0 is NULL to the engine.
    const room = Math.ceil((length + 1) / 8) * 8
    if (used + room <= ARENA_BYTES) {
      const address = start + used
      used += room
      return address
    }
    const address = wasm.alloc(room)
    outside.push(address)
    return address
  }

  return {
    mark: () => ({ used, outside: outside.length }),
    release(mark) {
      for (const address of outside.splice(mark.outside)) wasm.dealloc(address)
      used = mark.used
    },
    putText(text) {
      const address = place(text.length * 3)
      const heap = wasm.heap8u()
      if (text.length <= SHORT_TEXT && putAscii(heap, address, text)) return { address, length: text.length }
      const { written } = encoder.encodeInto(text, heap.subarray(address, address + text.length * 3))
      return { address, length: written }
    },
    putBytes(bytes) {
      const address = place(bytes.length)
      wasm.heap8u().set(bytes, address)
      return address
    },
  }
}
