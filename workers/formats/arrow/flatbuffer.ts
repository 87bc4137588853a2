import { Unreadable } from '../../jobs/errors.ts'

/**
 * Reads FlatBuffers of a stranger: every offset and length is checked against the bytes there are, so that damage is
 * an error and never a loop over lengths that are lies.
 *
 * Source: flatbuffers.dev, internals. A table starts with a signed 32-bit distance back to its vtable, which lists the
 * place of each field (0: absent); strings, vectors and tables are reached by unsigned 32-bit distances.
 */
export interface Table {
  /** A scalar field; `missing` when the writer left it out. */
  long(field: number, missing: number): number
  /** undefined when the writer left it out. */
  table(field: number): Table | undefined
  tables(field: number): Table[]
  text(field: number): string | undefined
  /** A vector of structs of `bytes` each, as a view per struct. */
  structs(field: number, bytes: number): DataView[]
}

const LENGTH_BYTES = 4
const OFFSET_BYTES = 4
const VTABLE_HEADER_BYTES = 4
const SLOT_BYTES = 2

/** The root table of a buffer. Errors: throws `Unreadable`, here or from any read of the table. */
export function readRoot(bytes: Uint8Array): Table {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return bounded(() => tableAt(view, view.getUint32(0, true)))
}

/** A DataView throws RangeError for what lies outside; here that means damage. */
function bounded<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof RangeError) throw damaged()
    throw cause
  }
}

export function damaged(): Unreadable {
  return new Unreadable('file-corrupt', 'its Arrow data is damaged')
}

function tableAt(view: DataView, at: number): Table {
  const vtable = at - view.getInt32(at, true)
  const slots = (view.getUint16(vtable, true) - VTABLE_HEADER_BYTES) / SLOT_BYTES

  /** Where a field lies; 0 when it is absent. */
  function place(field: number): number {
    if (field >= slots) return 0
    const distance = view.getUint16(vtable + VTABLE_HEADER_BYTES + field * SLOT_BYTES, true)
    return distance === 0 ? 0 : at + distance
  }

  /** Follows the offset that a field holds. */
  function follow(field: number): number {
    const from = place(field)
    return from === 0 ? 0 : from + view.getUint32(from, true)
  }

  /** Where the entries of a vector start and how many there are, all of which lie inside the buffer. */
  function vector(field: number, bytesEach: number): { start: number; length: number } {
    const from = follow(field)
    if (from === 0) return { start: 0, length: 0 }
    const length = view.getUint32(from, true)
    const start = from + LENGTH_BYTES
    if (start + length * bytesEach > view.byteLength) throw damaged()
    return { start, length }
  }

  return {
    long: (field, missing) =>
      bounded(() => (place(field) === 0 ? missing : Number(view.getBigInt64(place(field), true)))),
    table: (field) => bounded(() => (place(field) === 0 ? undefined : tableAt(view, follow(field)))),
    tables: (field) =>
      bounded(() => {
        const { start, length } = vector(field, OFFSET_BYTES)
        return Array.from({ length }, (_, i) => {
          const from = start + i * OFFSET_BYTES
          return tableAt(view, from + view.getUint32(from, true))
        })
      }),
    text: (field) =>
      bounded(() => {
        if (place(field) === 0) return undefined
        const { start, length } = vector(field, 1)
        return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + start, length))
      }),
    structs: (field, bytes) =>
      bounded(() => {
        const { start, length } = vector(field, bytes)
        return Array.from(
          { length },
          (_, i) => new DataView(view.buffer, view.byteOffset + start + i * bytes, bytes),
        )
      }),
  }
}
