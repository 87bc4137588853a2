import { type Column, type RowSpec } from '../../src/model/column.ts'
import { isAlertRule } from '../../src/model/alert.ts'
import { isConsoleLevel, MAX_CONSOLE_TEXT, type ConsoleLine } from '../../src/model/console-line.ts'
import { RANK_DIRECTION_OR_NULL } from '../../src/model/rank.ts'
import { DIRECTIONS } from '../../src/model/experiment.ts'
import { REFUSAL_REASONS, type Change, type Refusal, type RunStart } from '../../src/model/log-batch.ts'
import { isFiniteNumber, isRecord } from '../../src/model/raw-value.ts'
import { BIRTH_COLUMNS, EVENT_KINDS, isRunStatus, type RunEvent } from '../../src/model/run.ts'
import { isStep } from '../../src/model/units.ts'

type Check = (value: unknown) => boolean

const isText: Check = (value) => typeof value === 'string'
const isName: Check = (value) => typeof value === 'string' && value !== ''
const isTime: Check = isFiniteNumber
const isWholeCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0
const isPositiveCount: Check = (value) => Number.isSafeInteger(value) && Number(value) > 0
const isObject: Check = isRecord
const isEndStatus: Check = (value) => isRunStatus(value) && value !== 'running'
const isReason: Check = (value) => (REFUSAL_REASONS as readonly unknown[]).includes(value)
const isDirection: Check = (value) => (DIRECTIONS as readonly unknown[]).includes(value)
const isEventKind: Check = (value) => (EVENT_KINDS as readonly unknown[]).includes(value)

const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)
const orMissing =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)
const recordOf =
  (check: Check): Check =>
  (value) =>
    isObject(value) && Object.values(Object(value)).every(check)
const shape =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    whyNoShape(checks, value) === null

/** A check for every field: one that is forgotten, or of another name, does not compile. */
type ChecksOf<T> = { readonly [K in keyof T]-?: Check }

const EXPERIMENT: Check = shape({
  name: isText,
  id: orMissing(isName),
  notes: orMissing(isText),
  createdAt: orMissing(isTime),
})

/** A check a column. */
function fieldsOf<S extends RowSpec>(spec: S): { readonly [K in keyof S]: Check } {
  return Object.fromEntries(Object.entries(spec).map(([field, column]) => [field, fits(column)])) as {
    readonly [K in keyof S]: Check
  }
}

/** What came with a later schema may be missing: older pages and logs do not say it. */
function fits(column: Column<unknown>): Check {
  const check: Check = (value) => column.parse(value) !== undefined
  return column.since === undefined ? check : orMissing(check)
}

const RUN_START = shape({
  ...fieldsOf(BIRTH_COLUMNS),
  id: isName,
  experiment: EXPERIMENT,
  params: isObject,
  tags: recordOf(isText),
} satisfies ChecksOf<RunStart>)

const REFUSAL = shape({
  key: isText,
  reason: isReason,
  count: isWholeCount,
  example: isText,
} satisfies ChecksOf<Refusal>)

const EVENT = shape({
  kind: isEventKind,
  time: isTime,
  until: orNull(isTime),
  step: orNull(isStep),
  text: isText,
} satisfies ChecksOf<RunEvent>)

const CONSOLE_LINE = shape({
  time: isTime,
  step: orNull(isStep),
  level: isConsoleLevel,
  text: (value) => typeof value === 'string' && value.length <= MAX_CONSOLE_TEXT,
} satisfies ChecksOf<ConsoleLine>)

/** What each change is made of, besides its type. */
const CHANGES = {
  startRun: { run: RUN_START },
  resumeRun: { runId: isName },
  endRun: { runId: isName, status: isEndStatus, endedAt: isTime },
  setParams: { runId: isName, params: isObject, step: orMissing(orNull(isStep)) },
  setTags: { runId: isName, tags: recordOf(orNull(isText)) },
  setSummary: { runId: isName, summary: isObject },
  setEnvironment: { runId: isName, environment: isObject },
  setRunName: { runId: isName, name: isText },
  setRunNotes: { runId: isName, notes: isText },
  setRunColor: { runId: isName, color: orNull(isText) },
  addRefusals: { runId: isName, refusals: listOf(REFUSAL) },
  removeRuns: { runIds: listOf(isName), removedAt: isTime },
  restoreRuns: { runIds: listOf(isName) },
  addEvents: { runId: isName, events: listOf(EVENT) },
  setRunGroup: { runId: isName, groupName: orNull(isText) },
  archiveRuns: { runIds: listOf(isName), archivedAt: isTime },
  unarchiveRuns: { runIds: listOf(isName) },
  saveView: { experimentId: isName, name: isName, view: orNull(isText) },
  setAlias: {
    experimentId: isName,
    name: isName,
    alias: isName,
    artifactId: orNull(isName),
    runId: orMissing(orNull(isName)),
    metric: orMissing(orNull(isText)),
    value: orMissing(orNull(isFiniteNumber)),
    direction: orMissing(fits(RANK_DIRECTION_OR_NULL)),
  },
  useArtifact: { runId: isName, artifactId: isName, usedAt: isTime },
  removeArtifacts: {
    artifactIds: listOf(isName),
    removedAt: orNull(isTime),
    experimentId: orMissing(isText),
  },
  setArtifactPolicy: {
    experimentId: isName,
    name: isName,
    keep: orNull(isPositiveCount),
    runId: orMissing(orNull(isName)),
  },
  registerModel: {
    model: isName,
    artifactId: isName,
    createdAt: isTime,
    version: orMissing(isPositiveCount),
    experimentId: orMissing(isText),
  },
  unregisterModel: { model: isName, artifactId: isName, experimentId: orMissing(isText) },
  setModelStage: {
    model: isName,
    artifactId: isName,
    stage: orNull(isText),
    experimentId: orMissing(isText),
  },
  setModelNotes: { model: isName, notes: isText, experimentId: orMissing(isText) },
  addConsole: { runId: isName, lines: listOf(CONSOLE_LINE) },
  setAlert: { experimentId: isName, id: isName, rule: orNull(isAlertRule) },
  setDirection: { experimentId: isName, key: isText, direction: orNull(isDirection) },
} as const satisfies {
  readonly [T in Change['type']]: ChecksOf<Omit<Extract<Change, { readonly type: T }>, 'type'>>
}

/** Why something is no `Change`, as the end of a sentence; null when it is one. */
export function whyNoChange(change: unknown): string | null {
  if (!isObject(change)) return 'is no object'
  const type = field(change, 'type')
  const checks =
    typeof type === 'string' && Object.hasOwn(CHANGES, type) ? checksOf(type as Change['type']) : undefined
  if (checks === undefined) return `is of the unknown type ${String(type)}`
  const wrong = whyNoShape(checks, change)
  return wrong === null ? null : `(${String(type)}) has a wrong ${wrong}`
}

function checksOf(type: Change['type']): Readonly<Record<string, Check>> {
  return CHANGES[type]
}

/** The first field that does not fit. */
function whyNoShape(checks: Readonly<Record<string, Check>>, value: unknown): string | null {
  if (!isObject(value)) return 'shape'
  return Object.entries(checks).find(([name, check]) => !check(field(value, name)))?.[0] ?? null
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
