import { columnName, type RowOf, type RowSpec } from '../../src/model/column.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/model/json.ts'
import { REFUSAL_REASONS, type Refusal, type RefusalReason } from '../../src/model/log-batch.ts'
import { paramsFromEvents } from '../../src/model/param-changes.ts'
import {
  EVENT_KINDS,
  RUN_COLUMNS,
  type ParamChange,
  type ParamChanges,
  type Params,
  type RunEvent,
  type Tags,
} from '../../src/model/run.ts'
import { isAlertRule } from '../../src/model/alert.ts'
import { isStep } from '../../src/model/units.ts'
import {
  DIRECTIONS,
  EXPERIMENT_COLUMNS,
  type Direction,
  type SavedAlert,
  type SavedView,
} from '../../src/model/experiment.ts'
import type { ExperimentRecord, RunRecord } from './contents.ts'
import { Unreadable } from '../jobs/errors.ts'

/** The parsers below take what a stranger's file says and give nouns of the model, or throw `Unreadable`. */

function corrupt(what: string): Unreadable {
  return new Unreadable('file-corrupt', `it holds ${what} that Kymo cannot read`)
}

function textOrNull(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}

function timeOrNull(value: JsonValue | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function object(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

function texts(value: JsonValue | undefined): Tags {
  return Object.fromEntries(Object.entries(object(value)).map(([key, entry]) => [key, String(entry)]))
}

export function parseExperiment(value: JsonValue): ExperimentRecord {
  if (!isJsonObject(value)) throw corrupt('an experiment')
  return {
    ...parseFields(EXPERIMENT_COLUMNS, value, 'an experiment'),
    views: parseViews(value['views']),
    directions: parseDirections(value['directions']),
    alerts: parseAlerts(value['alerts']),
  }
}

function parseViews(value: JsonValue | undefined): SavedView[] {
  if (!Array.isArray(value)) return []
  return (value as readonly JsonValue[]).flatMap((entry) => {
    const { name, view } = object(entry)
    return typeof name === 'string' && name !== '' && typeof view === 'string' ? [{ name, view }] : []
  })
}

function parseAlerts(value: JsonValue | undefined): SavedAlert[] {
  if (!Array.isArray(value)) return []
  return (value as readonly JsonValue[]).flatMap((entry) => {
    const { id, rule } = object(entry)
    const parsed: unknown = rule
    return typeof id === 'string' && id !== '' && isAlertRule(parsed) ? [{ id, rule: parsed }] : []
  })
}

function parseDirections(value: JsonValue | undefined): Record<string, Direction> {
  const known = Object.entries(object(value)).flatMap(([key, entry]) => {
    const direction = DIRECTIONS.find((each) => each === entry)
    return direction === undefined ? [] : [[key, direction] as const]
  })
  return Object.fromEntries(known)
}

function parseRefusals(value: JsonValue | undefined): Refusal[] {
  if (!Array.isArray(value)) return []
  return (value as readonly JsonValue[]).flatMap((entry) => {
    if (!isJsonObject(entry)) return []
    const { key, reason, count, example } = entry
    if (typeof key !== 'string' || typeof count !== 'number' || !isRefusalReason(reason)) return []
    return [{ key, reason, count, example: textOrNull(example) ?? '' }]
  })
}

function parseEvents(value: UnparsedRun['events']): RunEvent[] {
  if (!Array.isArray(value)) return []
  return (value as readonly JsonValue[]).flatMap((entry) => {
    const { kind, time, until, step, text: words } = object(entry)
    const at = timeOrNull(time)
    if (at === null) return []
    return [
      {
        kind: EVENT_KINDS.find((each) => each === kind) ?? 'mark',
        time: at,
        until: timeOrNull(until),
        step: isStep(step) ? step : null,
        text: textOrNull(words) ?? '',
      },
    ]
  })
}

function parseParamChanges(value: JsonValue | ParamChanges, params: Params): ParamChanges {
  return Object.fromEntries(
    Object.entries(object(value as JsonValue)).flatMap(
      ([key, change]): (readonly [string, ParamChange])[] => {
        const { first, step } = object(change)
        return first === undefined || !Object.hasOwn(params, key)
          ? []
          : [[key, { first, step: isStep(step) ? step : null }]]
      },
    ),
  )
}

function isRefusalReason(value: JsonValue | undefined): value is RefusalReason {
  return (REFUSAL_REASONS as readonly unknown[]).includes(value)
}

/** What a file says of a run, none of it believed. */
export interface UnparsedRun {
  readonly run: JsonValue | undefined
  readonly params: JsonValue | undefined
  /** Undefined in files from before it was kept: then events tell. */
  readonly paramChanges: JsonValue | ParamChanges | undefined
  readonly tags: JsonValue | undefined
  readonly summary: JsonValue | undefined
  readonly refusals: JsonValue | undefined
  readonly events: JsonValue | readonly RunEvent[] | undefined
}

export function parseRunRecord(value: Partial<UnparsedRun>): RunRecord {
  const run = parseFields(RUN_COLUMNS, object(value.run), 'a run')
  const events = parseEvents(value.events)
  const said = object(value.params) as Params
  const { params, changes } =
    value.paramChanges === undefined
      ? paramsFromEvents(said, events)
      : { params: said, changes: parseParamChanges(value.paramChanges, said) }
  return {
    run: { ...run, color: parseColor(run.color) },
    params,
    paramChanges: changes,
    tags: texts(value.tags),
    summary: object(value.summary) as Params,
    refusals: parseRefusals(value.refusals),
    events,
  }
}

/** What cannot be read of a field is missing; where nothing stands for it the whole row is corrupt. */
function parseFields<S extends RowSpec>(spec: S, value: JsonObject, what: string): RowOf<S> {
  const fields = Object.entries(spec).map(([field, column]) => {
    const parsed = column.parse(value[field]) ?? column.missing
    if (parsed === undefined) throw corrupt(`${what} without a readable ${columnName(field)}`)
    return [field, parsed]
  })
  return Object.fromEntries(fields) as RowOf<S>
}

/** A colour reaches the style of an element, so only the two spellings of the model pass. */
function parseColor(value: string | null): string | null {
  return value !== null && /^(series-[1-8]|#[0-9a-f]{6})$/i.test(value) ? value : null
}
