import { NUMBER } from '../../src/model/column.ts'
import type { StorageKind } from '../../src/protocol/store-api.ts'
import type { PointLayout } from './points/point-store.ts'
import type { Sql } from './sql.ts'

/** Bytes that arrive in parts, each part any length. */
export type ByteParts = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** A file of bytes, for the commit log. */
export interface LogFile {
  size(): number
  /** Answers how many bytes were there to read. */
  read(into: Uint8Array, at: number): number
  /** Errors: throws when not all of it was written. */
  write(bytes: Uint8Array, at: number): void
  truncate(size: number): void
  flush(): void
}

/** Where database files live: the origin private file system, memory, or a folder. Names are plain words without a path. */
export interface StoreFiles {
  readonly kind: StorageKind
  /** Why it is memory, as a sentence for the user; else empty. */
  readonly reason: string
  /** How points lie in its databases: in chunks of ours, or as rows of the public schema, which others may write to as well. */
  readonly layout: PointLayout
  names(): readonly string[]
  /** Opens a file as it is, creating it when it is missing. One connection a file at a time. */
  open(name: string): Promise<Sql>
  /** The file of the commit log of the own database; null where every batch is committed. */
  readonly log: LogFile | null
  /** Deletes a closed file. No effect when it does not exist. */
  remove(name: string): void
  /**
   * Fills a closed or new file with the bytes of a database and answers their number.
   *
   * Errors: throws when the bytes are not a SQLite file or there is no room, and then leaves no file behind. Sets header
   * bytes 18–19 to 1, so the caller merges a `-wal` before. Cost: opfs holds one part in memory, memory all of them.
   */
  importParts(name: string, parts: ByteParts): Promise<number>
  /** Lets go of all files, which must be closed; nothing may be called after. */
  release(): void
}

/** The first 16 bytes of every SQLite file. Source: sqlite.org/fileformat2.html, 1.3. */
export const SQLITE_MAGIC = 'SQLite format 3\0'

export function isSqlite(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, SQLITE_MAGIC.length)) === SQLITE_MAGIC
}

/** Where the header tells a WAL file (2) from a rollback-journal one (1). */
export const WAL_FLAG_OFFSET = 18

export function databaseBytes(sql: Sql): number {
  const read = (pragma: string): number => sql.value(`pragma ${pragma}`, [], NUMBER) ?? 0
  return read('page_count') * read('page_size')
}
