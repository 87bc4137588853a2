import type { Result } from '../../src/model/result.ts'
import { err, ok } from '../../src/model/result.ts'
import { OPEN_FORMATS, type OpenFormat } from '../../src/protocol/open-formats.ts'
import { trackerError, type TrackerError } from '../../src/protocol/tracker-error.ts'
import { APPLICATION_ID, SCHEMA_VERSION } from '../db/migrate.ts'
import { SQLITE_MAGIC } from '../db/store-files.ts'

/** Bytes 0–99 of a SQLite file are its header. Source: sqlite.org/fileformat2.html, 1.3. */
const SQLITE_HEADER_BYTES = 100

/** What byte 100 of a SQLite file, the type of the schema's first page, may be. Source: the same, 1.6. */
const SCHEMA_PAGE_TYPES: ReadonlySet<number> = new Set([0x05, 0x0d])
const ARROW_MAGIC = 'ARROW1'

/** What a file of each format begins with, and whether it is whole. */
const SIGNS: Readonly<
  Record<
    OpenFormat,
    {
      readonly magic: string
      check(head: Uint8Array, file: Blob, fileName: string): Promise<Result<OpenFormat, TrackerError>>
    }
  >
> = {
  db: { magic: SQLITE_MAGIC, check: async (head, file, fileName) => checkSqlite(head, file.size, fileName) },
  arrow: { magic: ARROW_MAGIC, check: (_, file, fileName) => checkArrow(file, fileName) },
}

/** What a file is, told by its first and last bytes alone, so that two gigabytes of noise are refused at once. */
export async function detectFormat(file: Blob, fileName: string): Promise<Result<OpenFormat, TrackerError>> {
  if (file.size === 0) {
    return err(trackerError('file-empty', `${fileName} is empty: it has no bytes. Export it again.`))
  }
  const head = await readBytes(file, 0, SQLITE_HEADER_BYTES + 1)
  const start = latin1(head)
  const signs = Object.values(SIGNS)
  const sign = signs.find(({ magic }) => start.startsWith(magic))
  if (sign !== undefined) return sign.check(head, file, fileName)
  if (signs.some(({ magic }) => magic.startsWith(start))) return err(truncated(fileName))
  const known = Object.values(OPEN_FORMATS).map(({ words }) => words)
  return err(
    trackerError(
      'file-not-recognised',
      `${fileName} is neither ${known.join(' nor ')} exported by Kymo. Nothing was opened.`,
    ),
  )
}

function checkSqlite(head: Uint8Array, size: number, fileName: string): Result<OpenFormat, TrackerError> {
  if (head.length <= SQLITE_HEADER_BYTES) return err(truncated(fileName))
  const view = new DataView(head.buffer, head.byteOffset)
  if (view.getUint32(68) !== APPLICATION_ID) {
    return err(
      trackerError(
        'file-not-recognised',
        `${fileName} is a SQLite database, but not one exported by Kymo. Nothing was opened.`,
      ),
    )
  }
  if (view.getUint32(60) > SCHEMA_VERSION) return err(newer(fileName))
  // 1 stands for 65,536, which two bytes cannot hold.
  const pageSize = view.getUint16(16) === 1 ? 65_536 : view.getUint16(16)
  if (view.getUint32(28) * pageSize > size) return err(truncated(fileName))
  // Noise behind a good header is refused here, before two gigabytes of it are copied.
  if (!SCHEMA_PAGE_TYPES.has(view.getUint8(SQLITE_HEADER_BYTES))) {
    return err(
      trackerError(
        'file-corrupt',
        `${fileName} is damaged: its first page cannot be read. Nothing was opened.`,
      ),
    )
  }
  return ok('db')
}

async function checkArrow(file: Blob, fileName: string): Promise<Result<OpenFormat, TrackerError>> {
  const tail = await readBytes(file, Math.max(0, file.size - ARROW_MAGIC.length), file.size)
  return latin1(tail) === ARROW_MAGIC ? ok('arrow') : err(truncated(fileName))
}

function truncated(fileName: string): TrackerError {
  return trackerError(
    'file-truncated',
    `${fileName} is cut off: its end is missing. Copy or export it again; nothing was opened.`,
  )
}

export function newer(fileName: string): TrackerError {
  return trackerError(
    'file-newer',
    `${fileName} was written by a newer Kymo than this one. Update Kymo (reload the page) and open it again.`,
  )
}

async function readBytes(file: Blob, from: number, to: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(from, to).arrayBuffer())
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
