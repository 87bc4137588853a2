import { toBoundedJson, toBoundedObject } from '../model/bounded-json.ts'
import type { JsonObject } from '../model/json.ts'
import { ENVIRONMENT_BUDGET, PARAM_BUDGET } from '../model/json-cut.ts'
import type { RunStart } from '../model/log-batch.ts'
import type { Params, Tags } from '../model/run.ts'
import { createId, isStep, type RunId, type Step } from '../model/units.ts'
import { browserEnvironment } from './browser-environment.ts'
import { hostOfThread } from './host.ts'
import { createRunName } from './run-names.ts'
import { parseSinks, type Sink } from './sinks.ts'
import { warnOnce } from './warn.ts'

/** What a run may be started with; only the experiment is needed. */
export interface RunOptions {
  /** Runs of the same experiment are compared with each other. */
  readonly experiment: string
  /** Two friendly words and a number when left out. */
  readonly name?: string
  /** What goes in: learning rate, layers, seed, … Anything that JSON can hold. */
  readonly params?: Readonly<Record<string, unknown>>
  readonly tags?: Readonly<Record<string, string>>
  readonly notes?: string
  /** Runs that belong together, such as the folds of one cross-validation. */
  readonly group?: string
  /** What kind of work it is: train, evaluate, … */
  readonly jobType?: string
  /** Random when left out. */
  readonly id?: string
  /** Goes on with the run of that id instead of starting a new one: with its name and params, and the step after its last. */
  readonly resume?: boolean
  /** The run this one goes on from; `step` is the last one they share, and `firstStep` then the one after it. */
  readonly fork?: { readonly runId: string; readonly step?: Step }
  /** Where the step counter starts; 0 when left out, and where it ended for a run that is resumed. */
  readonly firstStep?: Step
  /** Added to what the browser tells by itself. */
  readonly environment?: Readonly<Record<string, unknown>>
  /** `series-1` … `series-8` or `#rrggbb`. */
  readonly color?: string
  /** In Node: systems that get what the run logs as well, each failing alone. */
  readonly sinks?: readonly Sink[]
}

/** The same, after a look at what was really passed. */
export interface ParsedOptions {
  readonly start: RunStart
  readonly resume: boolean
  /** null: as is usual. */
  readonly firstStep: Step | null
  /** Whether they name the run themselves, by `id` and by `name`. */
  readonly hasId: boolean
  readonly hasName: boolean
  readonly sinks: readonly Sink[]
}

const UNTITLED = 'untitled'

/** A name or what somebody says of a moment stands on a line; a tag in a cell. Unit: UTF-16 code units. */
const MAX_LINE = 1_000
const MAX_TAG = 4_096
const MAX_NOTES = 262_144

/** Reads options as lenient as a training deserves: what makes no sense is as if left out. Never throws. */
export function parseOptions(options: unknown): ParsedOptions {
  const id = toText(read(options, 'id'))
  const fork = toFork(read(options, 'fork'))
  const name = toText(read(options, 'name'))
  const firstStep = read(options, 'firstStep') ?? (fork.step === null ? null : Math.floor(fork.step) + 1)
  return {
    resume: id !== null && read(options, 'resume') === true,
    firstStep: isStep(firstStep) ? firstStep : null,
    hasId: id !== null,
    hasName: name !== null,
    sinks: parseSinks(read(options, 'sinks')),
    start: {
      id: id ?? createId(),
      experiment: { name: toText(read(options, 'experiment')) ?? UNTITLED },
      name: name ?? createRunName(),
      startedAt: Date.now(),
      params: toParams(read(options, 'params')),
      tags: toTags(read(options, 'tags')),
      notes: toNotes(read(options, 'notes')),
      environment: environmentOf(read(options, 'environment')),
      groupName: toText(read(options, 'group')),
      jobType: toText(read(options, 'jobType')),
      parentRunId: fork.runId,
      forkedAtStep: fork.step,
      color: toColor(read(options, 'color')),
      host: hostOfThread(),
    },
  }
}

function toFork(value: unknown): { readonly runId: RunId | null; readonly step: Step | null } {
  const runId = toText(read(value, 'runId'))
  const step = read(value, 'step')
  return { runId, step: runId !== null && isStep(step) ? step : null }
}

function read(options: unknown, key: keyof RunOptions | 'runId' | 'step'): unknown {
  if (typeof options !== 'object' || options === null) return undefined
  try {
    return Reflect.get(options, key)
  } catch {
    return undefined
  }
}

/** Text with something in it, trimmed; null for everything else. */
export function toText(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return null
  const text = value.trim()
  return text === '' ? null : shortened(text, MAX_LINE)
}

/** A page of Markdown, longer than anybody writes by hand. */
export function toNotes(value: unknown): string {
  return typeof value === 'string' ? shortened(value.trim(), MAX_NOTES) : (toText(value) ?? '')
}

/** What is cut says so itself. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text.slice(0, most)}… [cut: ${(text.length - most).toLocaleString('en')} characters]`
}

export function toParams(value: unknown): Params & JsonObject {
  return boundedObject(value, PARAM_BUDGET)
}

export function toEnvironment(value: unknown): JsonObject {
  return boundedObject(value, ENVIRONMENT_BUDGET)
}

function boundedObject(value: unknown, budget: typeof PARAM_BUDGET): JsonObject {
  const { value: kept, cut } = toBoundedObject(value, budget)
  if (cut !== null) warnOnce(`not all is kept of ${cut}. Pass the values that matter, by name.`)
  return kept
}

/** Tags are text: other values are written as JSON, and what has no value is left out. */
export function toTags(value: unknown): Tags {
  const tags: [string, string][] = []
  for (const [key, entry] of Object.entries(toParams(value))) {
    if (entry !== null) tags.push([key, toTag(entry)])
  }
  return Object.fromEntries(tags)
}

export function toTag(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(toBoundedJson(value, PARAM_BUDGET).value)
  return shortened(text, MAX_TAG)
}

function toColor(value: unknown): string | null {
  const text = toText(value)
  return text !== null && /^(series-[1-8]|#[0-9a-f]{6})$/i.test(text) ? text : null
}

/** One object for all runs that say nothing of their own: a message carries it once. */
function environmentOf(given: unknown): JsonObject {
  const known = browserEnvironment()
  return given === undefined ? known : { ...known, ...toEnvironment(given) }
}
