import { columnName, type RowSpec } from '../../src/model/column.ts'
import { TABLES, type PublicTable } from '../../src/protocol/public-schema.ts'

/** What a table says besides its columns. */
interface Rules {
  /** What tells its rows apart; of more than `id` it is how they lie. Missing where nothing does. */
  readonly key?: readonly string[]
  readonly more?: readonly string[]
  readonly indexes?: readonly string[]
}

const RULES: Readonly<Record<Exclude<PublicTable, 'metrics'>, Rules>> = {
  experiments: { key: ['id'] },
  runs: { key: ['id'], more: ['foreign key (experiment_id) references experiments (id)'] },
  params: { key: ['run_id', 'key'] },
  tags: { key: ['run_id', 'key'] },
  refusals: { key: ['run_id', 'key', 'reason'] },
  events: { key: ['run_id', 'time', 'kind', 'text'] },
  views: { key: ['experiment_id', 'name'] },
  directions: { key: ['experiment_id', 'key'] },
  series: { key: ['id'], more: ['unique (run_id, key)'] },
  points: {},
  arrays: {
    key: ['id'],
    indexes: [
      'index arrays_by_key on arrays (run_id, key)',
      'unique index arrays_by_upload on arrays (upload) where upload is not null',
    ],
  },
  blobs: {
    key: ['id'],
    indexes: ['unique index blobs_by_digest on blobs (digest) where digest is not null'],
  },
  blob_parts: { key: ['id'] },
  artifacts: { key: ['id'] },
  artifact_files: { key: ['artifact_id', 'path'] },
  artifact_aliases: {
    indexes: ['index aliases_by_name on artifact_aliases (experiment_id, name, alias, run_id)'],
  },
  artifact_uses: { key: ['artifact_id', 'run_id'] },
  artifact_policies: {},
  models: { key: ['name'] },
  model_versions: { key: ['model', 'version'] },
  console_lines: { key: ['id'], indexes: ['index console_lines_by_run on console_lines (run_id)'] },
  alerts: { key: ['experiment_id', 'id'] },
}

const METRICS = `create view metrics as
select series.run_id as run_id, series.key as key, points.step as step, points.value as value, points.time as time
from series join points on points.series_id = series.id`

/** What the steps of points are declared as. */
export type StepType = 'integer' | 'real'

/** Those whose steps are whole in most files. */
const COUNTED: ReadonlySet<string> = new Set<PublicTable>(['series', 'points'])

/**
 * The public schema as an exported file has it, statement by statement. Steps of points are integers where all of a file are
 * whole, so that `step / 100` counts hundreds; where one is not they are real.
 */
export function exportedSchema(steps: StepType): string {
  return [...Object.entries(RULES).map((table) => createTable(table, steps)), METRICS].join(';\n')
}

/** The points and what is read of them, as the file of a training in Node has them from the beginning. */
export function pointTables(steps: StepType): string {
  return [createTable(['points', RULES.points], steps), POINTS_BY_SERIES, METRICS].join(';\n')
}

/** Made last where a file is written at once. */
export const POINTS_BY_SERIES = 'create index points_by_series on points (series_id)'

function createTable(
  [table, { key = [], more = [], indexes = [] }]: readonly [string, Rules],
  steps: StepType,
): string {
  const spec: RowSpec = TABLES[table as keyof typeof RULES]
  const isById = key.length === 1 && key[0] === 'id'
  const columns = Object.entries(spec).map(([field, { sql: declared, isStep }]) => {
    const name = columnName(field)
    const sql = isStep && COUNTED.has(table) ? declared.replace('real', steps) : declared
    return `  ${name} ${isById && name === 'id' ? sql.replace(' not null', ' primary key not null') : sql}`
  })
  const keyed = isById || key.length === 0 ? [] : [`  primary key (${key.join(', ')})`]
  const rules = more.map((rule) => `  ${rule}`)
  const lies = keyed.length > 0 ? 'strict, without rowid' : 'strict'
  const made = `create table ${table} (\n${[...columns, ...keyed, ...rules].join(',\n')}\n) ${lies}`
  return [made, ...indexes.map((index) => `create ${index}`)].join(';\n')
}
