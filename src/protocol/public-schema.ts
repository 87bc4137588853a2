import {
  BYTES,
  columnNames,
  INTEGER,
  INTEGER_OR_NULL,
  JSON_OBJECT,
  NUMBER,
  REAL,
  REAL_OR_NULL,
  since,
  STEP,
  STEP_OR_NULL,
  TEXT,
  TEXT_OR_NULL,
  type RowSpec,
} from '../model/column.ts'
import { RANK_DIRECTION_OR_NULL } from '../model/rank.ts'
import { EXPERIMENT_COLUMNS } from '../model/experiment.ts'
import { RUN_COLUMNS } from '../model/run.ts'
import { STATISTICS } from '../model/series.ts'

/** Whose series it is. */
export const SERIES_NAME = { id: INTEGER, runId: TEXT, key: TEXT } as const

/**
 * The tables that SQL sees, and their columns: those of every exported `.db`, and of the live database as the console
 * shows it. Everything that reads or writes one takes its columns from here.
 */
export const TABLES = {
  experiments: EXPERIMENT_COLUMNS,
  runs: { ...RUN_COLUMNS, summary: JSON_OBJECT },
  params: {
    runId: TEXT,
    key: TEXT,
    value: TEXT,
    firstValue: since(12, TEXT_OR_NULL),
    changedAtStep: since(12, STEP_OR_NULL),
  },
  tags: { runId: TEXT, key: TEXT, value: TEXT },
  metrics: { runId: TEXT, key: TEXT, step: STEP, value: NUMBER, time: REAL },
  series: { ...SERIES_NAME, ...STATISTICS },
  points: { seriesId: INTEGER, step: STEP, value: NUMBER, time: REAL },
  events: {
    runId: since(6, TEXT),
    time: REAL,
    kind: TEXT,
    text: TEXT,
    until: REAL_OR_NULL,
    step: STEP_OR_NULL,
  },
  directions: { experimentId: since(6, TEXT), key: TEXT, direction: TEXT },
  views: { experimentId: since(6, TEXT), name: TEXT, view: TEXT },
  refusals: { runId: TEXT, key: TEXT, reason: TEXT, count: INTEGER, example: TEXT },
  arrays: {
    id: since(3, INTEGER),
    runId: TEXT,
    key: TEXT,
    step: STEP,
    time: REAL,
    dtype: TEXT,
    shape: TEXT,
    bytes: INTEGER,
    data: BYTES,
    blobId: INTEGER_OR_NULL,
    upload: TEXT_OR_NULL,
    kind: since(7, TEXT_OR_NULL),
    meta: since(7, TEXT_OR_NULL),
  },
  console_lines: {
    id: since(7, INTEGER),
    runId: TEXT,
    time: REAL,
    step: STEP_OR_NULL,
    level: TEXT,
    text: TEXT,
  },
  artifacts: {
    id: since(7, TEXT),
    experimentId: TEXT,
    runId: TEXT,
    name: TEXT,
    version: INTEGER,
    type: TEXT,
    step: STEP_OR_NULL,
    createdAt: REAL,
    metadata: JSON_OBJECT,
    bytes: INTEGER,
    digest: TEXT,
    erasedAt: REAL_OR_NULL,
  },
  artifact_files: {
    artifactId: since(7, TEXT),
    path: TEXT,
    mime: TEXT,
    bytes: INTEGER,
    digest: TEXT,
    blobId: INTEGER_OR_NULL,
  },
  artifact_aliases: {
    experimentId: since(7, TEXT),
    name: TEXT,
    alias: TEXT,
    artifactId: TEXT,
    runId: since(11, TEXT_OR_NULL),
    metric: since(11, TEXT_OR_NULL),
    value: since(11, REAL_OR_NULL),
    direction: since(11, RANK_DIRECTION_OR_NULL),
  },
  artifact_uses: { artifactId: since(7, TEXT), runId: TEXT, usedAt: REAL },
  artifact_policies: {
    experimentId: since(7, TEXT),
    name: TEXT,
    keep: INTEGER,
    runId: since(11, TEXT_OR_NULL),
  },
  models: { name: since(7, TEXT), notes: TEXT, createdAt: REAL },
  model_versions: {
    model: since(7, TEXT),
    version: INTEGER,
    artifactId: TEXT,
    stage: TEXT_OR_NULL,
    createdAt: REAL,
  },
  alerts: { experimentId: since(7, TEXT), id: TEXT, rule: TEXT },
  blobs: { id: since(3, INTEGER), bytes: INTEGER, digest: TEXT_OR_NULL },
  blob_parts: { id: since(3, INTEGER), part: { ...BYTES, sql: 'blob not null' } },
} as const satisfies Readonly<Record<string, RowSpec>>

export type PublicTable = keyof typeof TABLES

export const PUBLIC_TABLES = Object.keys(TABLES) as readonly PublicTable[]

/** The names of their columns in SQL, in order. */
export const PUBLIC_SCHEMA = Object.fromEntries(
  PUBLIC_TABLES.map((table) => [table, columnNames(TABLES[table])]),
) as Readonly<Record<PublicTable, readonly string[]>>
