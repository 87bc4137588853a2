/**
 * The tables that SQL sees, and their columns: those of every exported `.db`, and of the live database as the console
 * shows it.
 */
export const PUBLIC_SCHEMA = {
  experiments: ['id', 'name', 'notes', 'created_at'],
  runs: [
    'id',
    'experiment_id',
    'name',
    'status',
    'started_at',
    'ended_at',
    'group_name',
    'job_type',
    'parent_run_id',
    'forked_at_step',
    'notes',
    'color',
    'environment',
    'summary',
    'archived_at',
  ],
  params: ['run_id', 'key', 'value'],
  tags: ['run_id', 'key', 'value'],
  metrics: ['run_id', 'key', 'step', 'value', 'time'],
  series: [
    'id',
    'run_id',
    'key',
    'count',
    'first_step',
    'last_step',
    'min_step',
    'max_step',
    'first_time',
    'last_time',
    'first',
    'last',
    'min',
    'max',
    'mean',
    'nan_count',
    'pos_inf_count',
    'neg_inf_count',
  ],
  points: ['series_id', 'step', 'value', 'time'],
  events: ['run_id', 'time', 'kind', 'text', 'until', 'step'],
  directions: ['experiment_id', 'key', 'direction'],
  views: ['experiment_id', 'name', 'view'],
  refusals: ['run_id', 'key', 'reason', 'count', 'example'],
  arrays: ['id', 'run_id', 'key', 'step', 'time', 'dtype', 'shape', 'bytes', 'data', 'blob_id', 'upload'],
  blobs: ['id', 'bytes', 'digest'],
  blob_parts: ['id', 'part'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type PublicTable = keyof typeof PUBLIC_SCHEMA

export const PUBLIC_TABLES = Object.keys(PUBLIC_SCHEMA) as readonly PublicTable[]
