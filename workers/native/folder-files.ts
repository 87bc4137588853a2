import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { ROWS } from '../db/points/row-layout.ts'
import {
  isSqlite,
  SQLITE_MAGIC,
  WAL_FLAG_OFFSET,
  type ByteParts,
  type StoreFiles,
} from '../db/store-files.ts'
import type { Drivers } from './driver.ts'
import { makeNativeSql } from './native-sql.ts'

export interface FolderOptions {
  /** The file of the own database; the others lie beside it in a folder of this process. */
  readonly own: string
  /** Whose scratch files are in the folder `scratch`: gone when it lets go of them. */
  readonly scratch: string
}

const OWN = 'own'

/** Database files of a folder. The own one may be open in other processes, the others are this one's. */
export function openFolderFiles(drivers: Drivers, { own, scratch }: FolderOptions): StoreFiles {
  const pathOf = (name: string): string => (name === OWN ? own : join(scratch, name))

  return {
    kind: 'disk',
    reason: '',
    layout: ROWS,
    log: null,
    names: () => [...(existsSync(own) ? [OWN] : []), ...(existsSync(scratch) ? readdirSync(scratch) : [])],
    open(name) {
      if (name !== OWN) mkdirSync(scratch, { recursive: true })
      return Promise.resolve(makeNativeSql(drivers, pathOf(name)))
    },
    remove(name) {
      for (const suffix of ['', '-wal', '-shm', '-journal'])
        rmSync(`${pathOf(name)}${suffix}`, { force: true })
    },
    async importParts(name, parts) {
      mkdirSync(scratch, { recursive: true })
      const path = pathOf(name)
      const bytes = await writeParts(path, parts)
      if (isDatabase(path)) return bytes
      rmSync(path, { force: true })
      throw new Error('The bytes are not a SQLite database.')
    },
    release() {
      rmSync(scratch, { recursive: true, force: true })
    },
  }
}

async function writeParts(path: string, parts: ByteParts): Promise<number> {
  const file = openSync(path, 'w')
  try {
    let bytes = 0
    for await (const part of parts) {
      for (let at = 0; at < part.length;) at += writeSync(file, part, at)
      bytes += part.length
    }
    if (bytes > WAL_FLAG_OFFSET + 2) writeSync(file, Uint8Array.of(1, 1), 0, 2, WAL_FLAG_OFFSET)
    return bytes
  } catch (cause) {
    rmSync(path, { force: true })
    throw cause
  } finally {
    closeSync(file)
  }
}

function isDatabase(path: string): boolean {
  const magic = new Uint8Array(SQLITE_MAGIC.length)
  const file = openSync(path, 'r')
  try {
    readSync(file, magic)
    return isSqlite(magic)
  } finally {
    closeSync(file)
  }
}
