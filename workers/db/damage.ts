import { SqlError, type Sql } from './sql.ts'

/** Thrown for what a database of ours holds and cannot have been written by us: its bytes changed on disk. */
export class Damaged extends Error {
  override readonly name = 'Damaged'
  readonly connection: number

  constructor({ pointer }: Pick<Sql, 'pointer'>, message: string) {
    super(message)
    this.connection = pointer
  }
}

/** Primary result codes. Source: sqlite.org/rescode.html. */
const ERROR = 1
const CORRUPT = 11
const NOTADB = 26

/** Whether a failure says that the bytes of a database are wrong, however healthy the disk is. */
export function isDamage(cause: unknown): cause is Damaged | SqlError {
  if (cause instanceof Damaged) return true
  return cause instanceof SqlError && [CORRUPT, NOTADB].includes(cause.primaryCode)
}

/** The same while a database is opened, when statements that always worked fail only over a schema that is not ours. */
export function isDamageAtOpening(cause: unknown): cause is Damaged | SqlError {
  return isDamage(cause) || (cause instanceof SqlError && cause.primaryCode === ERROR)
}

/** Whether it is this database whose bytes are wrong, as long as it is open. */
export function isDamageOf({ pointer }: Sql, cause: unknown): boolean {
  return isDamage(cause) && cause.connection === pointer
}
