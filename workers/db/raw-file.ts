import { engineOf, type Sql } from './sql.ts'

/** The bytes of the file under a connection, whatever they are: SQLite looks at none of them. */
export interface RawFile {
  readonly size: number
  /** Bytes beyond the end are zero. Owner: the caller. Errors: throws when the disk does. */
  read(at: number, length: number): Uint8Array<ArrayBuffer>
  write(at: number, bytes: Uint8Array): void
}

/** Source: sqlite.org/c3ref/c_fcntl_begin_atomic_write.html. */
const FCNTL_FILE_POINTER = 7

/** Of a full read; a short one is filled with zeros. Source: sqlite.org/rescode.html. */
const OK = 0
const IOERR_SHORT_READ = 522

/** Reaches past SQLite to the file itself. Valid until the connection is closed. */
export function rawFileOf(sql: Sql): RawFile {
  const { pointer } = sql
  const { capi, wasm } = engineOf(sql)
  const out = wasm.alloc(8)
  try {
    check(capi.sqlite3_file_control(pointer, 'main', FCNTL_FILE_POINTER, out), 'find its file')
    const file = new capi.sqlite3_file(wasm.peekPtr(out))
    // A file that nothing was ever written to may be none.
    if (file.$pMethods === 0) return NO_FILE
    const methods = new capi.sqlite3_io_methods(file.$pMethods)
    const [size, read, write] = [methods.$xFileSize, methods.$xRead, methods.$xWrite].map(wasm.functionEntry)
    if (size === undefined || read === undefined || write === undefined)
      throw new Error('The file has no methods.')
    return {
      get size() {
        const into = wasm.alloc(8)
        try {
          check(size(file.pointer, into), 'tell its size')
          return Number(new DataView(wasm.heap8u().buffer).getBigInt64(into, true))
        } finally {
          wasm.dealloc(into)
        }
      },
      read(at, length) {
        const into = wasm.alloc(length)
        try {
          const code = read(file.pointer, into, length, BigInt(at))
          if (code !== IOERR_SHORT_READ) check(code, `be read at ${at}`)
          return wasm.heap8u().slice(into, into + length)
        } finally {
          wasm.dealloc(into)
        }
      },
      write(at, bytes) {
        const from = wasm.allocFromTypedArray(bytes)
        try {
          check(write(file.pointer, from, bytes.length, BigInt(at)), `be written at ${at}`)
        } finally {
          wasm.dealloc(from)
        }
      },
    }
  } finally {
    wasm.dealloc(out)
  }
}

const NO_FILE: RawFile = {
  size: 0,
  read: (_at, length) => new Uint8Array(length),
  write() {
    throw new Error('There is no file to write to.')
  },
}

function check(code: number, what: string): void {
  if (code !== OK) throw new Error(`The file of a database cannot ${what} (${code}).`)
}
