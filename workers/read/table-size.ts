/** Of an exported database: see `formats/kymo-db/write.ts`. Unit: bytes. */
const PAGE_BYTES = 4096

/** What a page of rows, a row on it, and a page of what did not fit there begin with. */
const HEAD = 8
const CELL = 9
const LINK = 4
/** Of a row more than the larger stays on its page only if the rest fills pages. Source: the SQLite file format, 1.6. */
const MAX_LOCAL = PAGE_BYTES - 35
const MIN_LOCAL = Math.floor(((PAGE_BYTES - 12) * 32) / 255) - 23

/** How large a table of an exported database is whose rows have these sizes and were added in their order. Unit: bytes. */
export function bytesOfRows(sizes: Iterable<number>): number {
  let pages = 0
  let room = 0
  for (const size of sizes) {
    const rest = PAGE_BYTES - LINK
    const fitted = MIN_LOCAL + ((size - MIN_LOCAL) % rest)
    const local = size <= MAX_LOCAL ? size : fitted <= MAX_LOCAL ? fitted : MIN_LOCAL
    const cell = local + CELL
    if (cell > room) {
      pages += 1
      room = PAGE_BYTES - HEAD
    }
    room -= cell
    pages += Math.ceil((size - local) / rest)
  }
  // Its first page is there before it has a row.
  return Math.max(0, pages - 1) * PAGE_BYTES
}
