import type { PointLayout } from './point-store.ts'
import { openRowStore } from './row-store.ts'
import { makeRowTables } from './row-tables.ts'

/** For a file that anybody reads and writes meanwhile. A commit flushes before it returns, so committed is durable. */
export const ROWS: PointLayout = {
  pragmas: `
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma temp_store = memory;
  pragma cache_size = -8192;
`,
  open(sql) {
    makeRowTables(sql)
    return openRowStore(sql)
  },
}
