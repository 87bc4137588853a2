import { isAlertRule } from '../../src/model/alert.ts'
import { isConsoleLevel, MAX_CONSOLE_TEXT } from '../../src/model/console-line.ts'
import { DIRECTIONS } from '../../src/model/experiment.ts'
import { REFUSAL_REASONS } from '../../src/model/log-batch.ts'
import { EVENT_KINDS, isRunStatus } from '../../src/model/run.ts'

type Check = (value: unknown) => boolean

const isText: Check = (value) => typeof value === 'string'
const isName: Check = (value) => typeof value === 'string' && value !== ''
const isTime: Check = (value) => typeof value === 'number' && Number.isFinite(value)
const isWholeCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0
const isPositiveCount: Check = (value) => Number.isSafeInteger(value) && Number(value) > 0
const isObject: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const isEndStatus: Check = (value) => isRunStatus(value) && value !== 'running'
const isReason: Check = (value) => (REFUSAL_REASONS as readonly unknown[]).includes(value)
const isDirection: Check = (value) => (DIRECTIONS as readonly unknown[]).includes(value)
const isEventKind: Check = (value) => (EVENT_KINDS as readonly unknown[]).includes(value)
const isSafeStep: Check = (value) => Number.isSafeInteger(value)

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

const EXPERIMENT = shape({
  name: isText,
  id: orMissing(isName),
  notes: orMissing(isText),
  createdAt: orMissing(isTime),
})

const RUN_START = shape({
  id: isName,
  experiment: EXPERIMENT,
  name: isText,
  startedAt: isTime,
  params: isObject,
  tags: recordOf(isText),
  notes: isText,
  environment: isObject,
  groupName: orNull(isText),
  jobType: orNull(isText),
  parentRunId: orNull(isText),
  forkedAtStep: orNull(isSafeStep),
  color: orNull(isText),
})

const REFUSAL = shape({ key: isText, reason: isReason, count: isWholeCount, example: isText })

const EVENT = shape({
  kind: isEventKind,
  time: isTime,
  until: orNull(isTime),
  step: orNull(isSafeStep),
  text: isText,
})

const CONSOLE_LINE = shape({
  time: isTime,
  step: orNull(isSafeStep),
  level: isConsoleLevel,
  text: (value) => typeof value === 'string' && value.length <= MAX_CONSOLE_TEXT,
})

/** What each change is made of, besides its type. */
const CHANGES: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  startRun: { run: RUN_START },
  resumeRun: { runId: isName },
  endRun: { runId: isName, status: isEndStatus, endedAt: isTime },
  setParams: { runId: isName, params: isObject },
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
  setAlias: { experimentId: isName, name: isName, alias: isName, artifactId: orNull(isName) },
  useArtifact: { runId: isName, artifactId: isName, usedAt: isTime },
  removeArtifacts: {
    artifactIds: listOf(isName),
    removedAt: orNull(isTime),
    experimentId: orMissing(isText),
  },
  setArtifactPolicy: { experimentId: isName, name: isName, keep: orNull(isPositiveCount) },
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
}

/** Why something is no `Change`, as the end of a sentence; null when it is one. */
export function whyNoChange(change: unknown): string | null {
  if (!isObject(change)) return 'is no object'
  const type = field(change, 'type')
  const checks = typeof type === 'string' && Object.hasOwn(CHANGES, type) ? CHANGES[type] : undefined
  if (checks === undefined) return `is of the unknown type ${String(type)}`
  const wrong = whyNoShape(checks, change)
  return wrong === null ? null : `(${String(type)}) has a wrong ${wrong}`
}

/** The first field that does not fit. */
function whyNoShape(checks: Readonly<Record<string, Check>>, value: unknown): string | null {
  if (!isObject(value)) return 'shape'
  return Object.entries(checks).find(([name, check]) => !check(field(value, name)))?.[0] ?? null
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
