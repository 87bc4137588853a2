import type { ZipFormat } from '../../src/protocol/export-formats.ts'
import { loadCode } from '../jobs/load-code.ts'
import type { Progress } from '../jobs/progress.ts'
import type { Contents } from './contents.ts'

/** One of the files of a format, written while it is read. `name`: its path, with `/` between folders. */
export interface FileEntry {
  readonly name: string
  readonly input: AsyncIterable<string | Uint8Array<ArrayBuffer>>
}

/** Each is read to its end before the next is asked for. */
export type Files = Iterable<FileEntry> | AsyncIterable<FileEntry>

/** What writes the files of a format, loaded when it is used. */
export const FILE_ENTRIES: Readonly<
  Record<ZipFormat, () => Promise<(contents: Contents, progress: Progress) => Files>>
> = {
  csv: async () => (await loadCode(() => import('./csv/write.ts'))).csvFiles,
  jsonl: async () => (await loadCode(() => import('./jsonl/write.ts'))).jsonLinesFiles,
  parquet: async () => (await loadCode(() => import('./parquet/write.ts'))).parquetFiles,
  tensorboard: async () => (await loadCode(() => import('./tensorboard/write.ts'))).tensorBoardFiles,
}
