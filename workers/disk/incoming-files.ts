import { createHash } from 'node:crypto'
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { ARRAY_PART_BYTES } from '../../src/model/log-batch.ts'
import { isPidGone } from '../native/process-lock.ts'
import { makeProject } from '../native/project-folder.ts'

/** Files of artifacts as they arrive, part by part, until all of an artifact is there. */
export interface IncomingFiles {
  /** False for a part that does not follow on those before; the first begins anew. */
  add(artifactId: string, file: number, offset: number, bytes: Uint8Array): boolean
  /** How many bytes there are of a file. */
  size(artifactId: string, file: number): number
  /** At least one byte from `offset` on, unless the file ends there. */
  read(artifactId: string, file: number, offset: number): Uint8Array
  remove(artifactId: string, files: number): void
  close(): void
}

const PREFIX = '.incoming-'

/** In a folder of this process below `folder`; those of processes that are gone are cleared away. */
export function openIncomingFiles(folder: string): IncomingFiles {
  const own = join(folder, `${PREFIX}${process.pid}`)
  rmSync(own, { recursive: true, force: true })
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (!name.startsWith(PREFIX) || !isPidGone(Number(name.slice(PREFIX.length)))) continue
    rmSync(join(folder, name), { recursive: true, force: true })
  }

  /** Whatever an id contains, the name of its file is of letters and digits. */
  function pathOf(artifactId: string, file: number): string {
    return join(own, `${createHash('sha256').update(artifactId).digest('hex')}-${Math.trunc(file)}`)
  }

  function size(artifactId: string, file: number): number {
    return statSync(pathOf(artifactId, file), { throwIfNoEntry: false })?.size ?? 0
  }

  return {
    add(artifactId, file, offset, bytes) {
      const path = pathOf(artifactId, file)
      if (offset === 0) rmSync(path, { force: true })
      else if (size(artifactId, file) !== offset) return false
      makeProject(folder)
      mkdirSync(own, { recursive: true })
      appendFileSync(path, bytes)
      return true
    },
    size,
    read(artifactId, file, offset) {
      const descriptor = openSync(pathOf(artifactId, file), 'r')
      try {
        const bytes = new Uint8Array(ARRAY_PART_BYTES)
        return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, offset))
      } finally {
        closeSync(descriptor)
      }
    },
    remove(artifactId, files) {
      for (let file = 0; file < files; file += 1) rmSync(pathOf(artifactId, file), { force: true })
    },
    close: () => rmSync(own, { recursive: true, force: true }),
  }
}
