import sqlite3InitModule from '@sqlite.org/sqlite-wasm'
import { readWasm } from './wasm.ts'

/** An address in the engine's memory. */
export type Pointer = number

/** The file pool of the opfs-sahpool VFS. */
export interface FilePool {
  getFileNames(): string[]
  reserveMinimumCapacity(capacity: number): Promise<number>
  importDb(path: string, next: () => Promise<Uint8Array | undefined>): Promise<number>
  unlink(path: string): boolean
  pauseVfs(): unknown
  isPaused(): boolean
  unpauseVfs(): Promise<unknown>
}

/** A row of what a virtual table is asked to look for. */
export interface Constraint {
  $iColumn: number
  $op: number
  $usable: number
  dispose(): void
}

export interface ConstraintUse {
  $argvIndex: number
  $omit: number
  dispose(): void
}

export interface IndexQuestion {
  $idxNum: number
  readonly $nConstraint: number
  $estimatedCost: number
  $estimatedRows: bigint
  nthConstraint(index: number): Constraint
  nthConstraintUsage(index: number): ConstraintUse
  dispose(): void
}

interface StructsByPointer {
  create(out: Pointer): { readonly pointer: Pointer }
  dispose(pointer: Pointer): void
}

/**
 * The part of `@sqlite.org/sqlite-wasm` that Kymo uses.
 *
 * Source: its own types leave out half of this and give every result one wrong type; names and meanings are SQLite's.
 */
export interface Engine {
  readonly capi: {
    readonly SQLITE_ROW: number
    readonly SQLITE_DONE: number
    readonly SQLITE_NULL: number
    readonly SQLITE_OPEN_CREATE: number
    readonly SQLITE_OPEN_EXRESCODE: number
    readonly SQLITE_OPEN_READWRITE: number
    readonly SQLITE_DBCONFIG_DEFENSIVE: number
    readonly SQLITE_DBCONFIG_TRUSTED_SCHEMA: number
    readonly SQLITE_DESERIALIZE_FREEONCLOSE: number
    readonly SQLITE_DESERIALIZE_RESIZEABLE: number
    readonly SQLITE_INDEX_CONSTRAINT_EQ: number
    readonly SQLITE_SELECT: number
    readonly SQLITE_READ: number
    readonly SQLITE_FUNCTION: number
    readonly SQLITE_RECURSIVE: number
    readonly SQLITE_DENY: number
    readonly SQLITE_CORRUPT: number
    /** `vfs`: its name; 0 for the one of memory. */
    sqlite3_open_v2(path: string, out: Pointer, flags: number, vfs: string | 0): number
    sqlite3_close_v2(connection: Pointer): number
    sqlite3_exec(connection: Pointer, sql: string, onRow: 0, client: Pointer, message: Pointer): number
    sqlite3_errmsg(connection: Pointer): string
    sqlite3_extended_errcode(connection: Pointer): number
    sqlite3_error_offset(connection: Pointer): number
    sqlite3_limit(connection: Pointer, limit: number, value: number): number
    /** Asked for every action of every statement that is prepared; texts that SQLite leaves out are 0. */
    sqlite3_set_authorizer(
      connection: Pointer,
      ask: (
        client: Pointer,
        action: number,
        first: string | 0,
        second: string | 0,
        database: string | 0,
        within: string | 0,
      ) => number,
      client: Pointer,
    ): number
    /** Asked every so many instructions; an answer other than 0 ends the statement. 0 and null: nobody is asked. */
    sqlite3_progress_handler(
      connection: Pointer,
      instructions: number,
      ask: ((client: Pointer) => number) | null,
      client: Pointer,
    ): void
    sqlite3_prepare_v2(connection: Pointer, sql: string, bytes: number, out: Pointer, tail: Pointer): number
    sqlite3_finalize(statement: Pointer): number
    sqlite3_stmt_readonly(statement: Pointer): number
    sqlite3_bind_parameter_count(statement: Pointer): number
    sqlite3_column_count(statement: Pointer): number
    sqlite3_column_int64(statement: Pointer, index: number): bigint
    sqlite3_column_name(statement: Pointer, index: number): string
    sqlite3_db_config(connection: Pointer, option: number, on: number, out: Pointer): number
    sqlite3_deserialize(
      connection: Pointer,
      schema: string,
      bytes: Pointer,
      length: number,
      room: number,
      flags: number,
    ): number
    sqlite3_file_control(connection: Pointer, schema: string, operation: number, out: Pointer): number
    readonly sqlite3_file: new (pointer: Pointer) => {
      readonly pointer: Pointer
      readonly $pMethods: Pointer
    }
    readonly sqlite3_io_methods: new (pointer: Pointer) => {
      readonly $xFileSize: Pointer
      readonly $xRead: Pointer
      readonly $xWrite: Pointer
    }
    sqlite3_js_db_export(connection: Pointer): Uint8Array<ArrayBuffer>
    sqlite3_create_module(connection: Pointer, name: string, module: unknown, client: Pointer): number
    sqlite3_declare_vtab(connection: Pointer, sql: string): number
    sqlite3_value_double(value: Pointer): number
    readonly sqlite3_index_info: new (pointer: Pointer) => IndexQuestion
  }
  readonly wasm: {
    heap8u(): Uint8Array<ArrayBuffer>
    alloc(bytes: number): Pointer
    allocFromTypedArray(bytes: Uint8Array): Pointer
    alloc(bytes: number): Pointer
    dealloc(pointer: Pointer): void
    functionEntry(pointer: Pointer): ((...args: (number | bigint)[]) => number) | undefined
    peekPtr(pointer: Pointer): Pointer
    /** The engine's functions as they are: no argument is converted. */
    readonly exports: {
      sqlite3_next_stmt(connection: Pointer, after: Pointer): Pointer
      sqlite3_finalize(statement: Pointer): number
      sqlite3_step(statement: Pointer): number
      sqlite3_reset(statement: Pointer): number
      sqlite3_clear_bindings(statement: Pointer): number
      sqlite3_bind_double(statement: Pointer, index: number, value: number): number
      sqlite3_bind_null(statement: Pointer, index: number): number
      sqlite3_bind_text(
        statement: Pointer,
        index: number,
        text: Pointer,
        bytes: number,
        owner: number,
      ): number
      sqlite3_bind_blob(
        statement: Pointer,
        index: number,
        blob: Pointer,
        bytes: number,
        owner: number,
      ): number
      sqlite3_column_type(statement: Pointer, index: number): number
      sqlite3_column_double(statement: Pointer, index: number): number
      sqlite3_column_text(statement: Pointer, index: number): Pointer
      sqlite3_column_blob(statement: Pointer, index: number): Pointer
      sqlite3_column_bytes(statement: Pointer, index: number): number
      sqlite3_get_autocommit(connection: Pointer): number
      sqlite3_result_null(context: Pointer): void
      sqlite3_result_int(context: Pointer, value: number): void
      sqlite3_result_int64(context: Pointer, value: bigint): void
      sqlite3_result_double(context: Pointer, value: number): void
    }
  }
  readonly vtab: {
    readonly xVtab: StructsByPointer
    readonly xCursor: StructsByPointer
    xRowid(out: Pointer, value: number): void
    /** Notes an error of a method and answers its result code. */
    xError(method: string, thrown: unknown): number
    setupModule(options: {
      readonly catchExceptions: boolean
      readonly methods: Record<string, ((...pointers: Pointer[]) => number) | 0>
    }): unknown
  }
  installOpfsSAHPoolVfs(options: {
    readonly name: string
    readonly directory: string
    readonly initialCapacity: number
    readonly preserveOnInitFailure: boolean
    readonly forceReinitIfPreviouslyFailed: boolean
    readonly verbosity: number
  }): Promise<FilePool>
}

let loading: Promise<Engine> | undefined

/**
 * The engine, loaded once per thread. Cost: fetches and compiles 880 kB of wasm the first time.
 *
 * Errors: rejects with why it does not load and what mends that, as a part of a sentence; the next call tries again.
 */
export function loadEngine(): Promise<Engine> {
  loading ??= load().catch(async (cause: unknown) => {
    loading = undefined
    const { whyNoEngine } = await import('./engine-words.ts')
    throw new Error(whyNoEngine(cause), { cause })
  })
  return loading
}

/** The package's own types know no options, which are Emscripten's. */
const initModule = sqlite3InitModule as unknown as (options: {
  readonly wasmBinary?: ArrayBuffer
}) => Promise<unknown>

async function load(): Promise<Engine> {
  const wasmBinary = await readWasm()
  return (await initModule(wasmBinary === undefined ? {} : { wasmBinary })) as Engine
}
