import { EXPORT_FORMATS } from '../../../src/protocol/export-formats.ts'
import { RecordBatchFileWriter, type RecordBatch, type Schema } from 'apache-arrow'
import { makeBlobParts } from '../../jobs/blob-parts.ts'

/** An Arrow IPC file (Feather v2) under way, uncompressed. */
export interface BatchWriter {
  write(batch: RecordBatch): void
  /** Ends the file, whole or not. */
  finish(): void
  /** The file, when it is finished. */
  readonly file: Promise<Blob>
}

/** Cost: a few parts of the file in memory; the rest lies in the Blob. */
export function openBatchWriter(schema: Schema): BatchWriter {
  const writer = new RecordBatchFileWriter()
  const parts = makeBlobParts()
  const drain = async (): Promise<Blob> => {
    for await (const bytes of writer) parts.add(new Uint8Array(bytes))
    return parts.close(EXPORT_FORMATS.arrow.mime)
  }
  const file = drain()
  writer.reset(undefined, schema)
  return { write: (batch) => writer.write(batch), finish: () => void writer.finish(), file }
}
