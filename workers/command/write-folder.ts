import { createWriteStream, mkdirSync, readdirSync, renameSync, rmSync, rmdirSync, statSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Files } from '../formats/file-entries.ts'
import { CommandError } from './command-error.ts'

/**
 * Writes files into a new folder, or an empty one, which is there as a whole or not at all. Unit: bytes of all of them.
 *
 * Errors: throws what cannot be written, and a folder that has something in it.
 */
export async function writeFolder(path: string, files: Files): Promise<number> {
  const folder = resolve(path)
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found !== undefined && (!found.isDirectory() || readdirSync(folder).length > 0))
    throw new CommandError(`There is something at ${path}. Name a new folder, or an empty one.`)
  const partial = `${folder}.${process.pid}.part`
  let bytes = 0
  try {
    mkdirSync(partial, { recursive: true })
    for await (const { name, input } of files) {
      const target = resolve(partial, ...name.split('/'))
      if (!target.startsWith(partial + sep)) throw new Error(`${name} is not in the folder`)
      mkdirSync(dirname(target), { recursive: true })
      const out = createWriteStream(target)
      await pipeline(Readable.from(input), out)
      bytes += out.bytesWritten
    }
    if (found !== undefined) rmdirSync(folder)
    renameSync(partial, folder)
    return bytes
  } catch (cause) {
    rmSync(partial, { recursive: true, force: true })
    throw new CommandError(
      `${path} could not be written: ${cause instanceof Error ? cause.message : String(cause)}.`,
    )
  }
}
