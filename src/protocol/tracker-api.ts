import type { ArtifactsApi } from './artifacts-api.ts'
import type { ChartsApi } from './charts-api.ts'
import type { DiskApi } from './disk-api.ts'
import type { FilesApi } from './files-api.ts'
import type { MediaApi } from './media-api.ts'
import type { RunsApi } from './runs-api.ts'
import type { SqlApi } from './sql-api.ts'
import type { StoreApi } from './store-api.ts'

/**
 * Everything a page or a training worker may ask of the tracker worker, topic by topic.
 *
 * All arguments and answers are cloneable, readonly and coarse; expected failures are returned, never thrown. Every
 * call but a long job (see `calls.ts`) answers within `CALL_DEADLINE_MS` or the worker is taken for dead.
 */
export interface TrackerApi
  extends StoreApi, RunsApi, ChartsApi, MediaApi, ArtifactsApi, FilesApi, DiskApi, SqlApi {}
