import { isJsonObject, type JsonObject, type JsonValue } from '../../src/model/json.ts'
import { REFUSAL_REASONS, type Refusal, type RefusalReason } from '../../src/model/log-batch.ts'
import { EVENT_KINDS, isRunStatus, type Params, type RunEvent, type Tags } from '../../src/model/run.ts'
import { isAlertRule } from '../../src/model/alert.ts'
import { DIRECTIONS, type Direction, type SavedAlert, type SavedView } from '../../src/model/experiment.ts'
import type { ExperimentRecord, RunRecord } from './contents.ts'
import { Unreadable } from '../jobs/errors.ts'

/** The parsers below take what a stranger's file says and give nouns of the model, or throw `Unreadable`. */

function corrupt(what: string): Unreadable {
  return new Unreadable('file-corrupt', `it holds ${what} that Kymo cannot read`)
}

function text(value: JsonValue | undefined, what: string): string {
  if (typeof value !== 'string') throw corrupt(what)
  return value
}

function textOrNull(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}

function timeOrNull(value: JsonValue | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function finite(value: JsonValue | undefined, what: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw corrupt(what)
  return value
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
    id: text(value['id'], 'an experiment without an id'),
    name: text(value['name'], 'an experiment without a name'),
    notes: textOrNull(value['notes']) ?? '',
    createdAt: finite(value['createdAt'], 'an experiment without a time'),
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

function parseEvents(value: JsonValue | undefined): RunEvent[] {
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
        step: Number.isSafeInteger(step) ? Number(step) : null,
        text: textOrNull(words) ?? '',
      },
    ]
  })
}

function isRefusalReason(value: JsonValue | undefined): value is RefusalReason {
  return (REFUSAL_REASONS as readonly unknown[]).includes(value)
}

export function parseRunRecord(value: JsonValue): RunRecord {
  if (!isJsonObject(value)) throw corrupt('a run')
  const run = object(value['run'])
  const id = text(run['id'], 'a run without an id')
  const status = run['status']
  if (!isRunStatus(status)) throw corrupt(`a run with an unknown status`)
  const forkedAtStep = run['forkedAtStep']
  return {
    run: {
      id,
      experimentId: text(run['experimentId'], 'a run of no experiment'),
      name: text(run['name'], 'a run without a name'),
      status,
      startedAt: finite(run['startedAt'], 'a run without a start'),
      endedAt: timeOrNull(run['endedAt']),
      groupName: textOrNull(run['groupName']),
      jobType: textOrNull(run['jobType']),
      parentRunId: textOrNull(run['parentRunId']),
      forkedAtStep: Number.isSafeInteger(forkedAtStep) ? Number(forkedAtStep) : null,
      notes: textOrNull(run['notes']) ?? '',
      color: parseColor(run['color']),
      environment: object(run['environment']),
      archivedAt: timeOrNull(run['archivedAt']),
    },
    params: object(value['params']) as Params,
    tags: texts(value['tags']),
    summary: object(value['summary']) as Params,
    refusals: parseRefusals(value['refusals']),
    events: parseEvents(value['events']),
  }
}

/** A colour reaches the style of an element, so only the two spellings of the model pass. */
function parseColor(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && /^(series-[1-8]|#[0-9a-f]{6})$/i.test(value) ? value : null
}
