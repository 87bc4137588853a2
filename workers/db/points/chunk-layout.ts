import { PAGE_BYTES } from '../page-size.ts'
import { openChunkStore } from './chunk-store.ts'
import type { PointLayout } from './point-store.ts'

/**
 * For a file that one connection has to itself, which keeps the lock and its cache. A commit flushes before it returns, so committed is
 * durable.
 */
export const CHUNKS: PointLayout = {
  pragmas: `
  pragma page_size = ${PAGE_BYTES};
  pragma auto_vacuum = incremental;
  pragma locking_mode = exclusive;
  pragma journal_mode = truncate;
  pragma synchronous = full;
  pragma temp_store = memory;
  pragma cache_size = -8192;
`,
  open: openChunkStore,
}
