import { toText } from '../client/run-options.ts'
import { createRunName } from '../client/run-names.ts'
import { err, ok, type Result } from '../model/result.ts'
import type { JsonObject } from '../model/json.ts'
import type { Params } from '../model/run.ts'
import { parseEarlyStop, type EarlyStop } from './early-stop.ts'
import type { EarlyStopper } from './early-stopper.ts'
import { createGrid } from './grid.ts'
import { createRandomSearch, type Propose } from './method.ts'
import { parseParams, type SearchSpace } from './parse-params.ts'
import type { ParamsOf, SweepParams } from './space.ts'
import { createTpe } from './tpe.ts'
import type { Objective, SweepDirection } from './trial.ts'
import type { LaneWorker } from './worker-lane.ts'

export type SweepMethod = 'tpe' | 'random' | 'grid'

/** What a sweep is made of. */
export interface SweepOptions<S extends SweepParams = SweepParams> {
  readonly experiment: string
  /** The group its runs are in; two friendly words and a number when left out. */
  readonly name?: string
  /** What is searched, made with `choice`, `uniform`, `logUniform` and `int`; other values are the same in every trial. */
  readonly params: S
  /** tpe when left out. */
  readonly method?: SweepMethod
  /** Of a grid: how many values of each range are tried; 5 when left out, and every whole number of a short range. */
  readonly counts?: { readonly [K in keyof S]?: number }
  /** The name of the metric that trials report. */
  readonly metric: string
  readonly direction: SweepDirection
  /** How many trials; 20 when left out, and of a grid all there are. */
  readonly runs?: number
  /** How many trials at a time; 1 when left out. */
  readonly lanes?: number
  readonly earlyStop?: EarlyStop
  /** 1 when left out: a sweep of one lane gives the same params again. */
  readonly seed?: number
  /** Goes on with what is stored of the sweep of this name; trials that were cut off are tried again. */
  readonly resume?: boolean
  /** Runs a trial in this thread. Either this or `lane`. */
  readonly objective?: Objective<ParamsOf<S>>
  /** Starts a worker that calls `runLane`; one for each lane, and another for one that crashed. */
  readonly lane?: () => LaneWorker
}

/** The same, after a look at what was really passed. */
export interface SweepPlan extends SearchSpace {
  readonly experiment: string
  readonly name: string
  readonly metric: string
  readonly direction: SweepDirection
  readonly propose: Propose
  readonly runs: number
  readonly lanes: number
  readonly stopper: EarlyStopper | null
  readonly isResumed: boolean
  readonly work: { readonly objective: Objective<Params> } | { readonly openWorker: () => LaneWorker }
  /** What is worth knowing of the sweep, kept with every run of it. */
  readonly facts: JsonObject
}

const DEFAULT_RUNS = 20
const MAX_LANES = 64

/** Reads the options of a sweep. Errors: a sentence for everything that makes no sense. Never throws. */
export function parseSweep(options: unknown): Result<SweepPlan, readonly string[]> {
  const given = fieldsOf(options)
  const problems: string[] = []
  const take = <T>(parsed: Result<T, readonly string[]>, otherwise: T): T => {
    if (parsed.ok) return parsed.value
    problems.push(...parsed.error)
    return otherwise
  }
  const whole = (name: string, least: number, otherwise: number, most = Number.MAX_SAFE_INTEGER): number => {
    const value = given[name] ?? otherwise
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least)
      return Math.min(value, most)
    problems.push(`${name} must be a whole number from ${least} on.`)
    return otherwise
  }

  const metric = toText(given['metric'])
  if (metric === null) problems.push('A sweep needs the name of the metric that its trials report.')
  const direction = parseDirection(given['direction'])
  if (direction === null)
    problems.push("direction must be 'min' or 'max': which end of the metric is the good one.")
  const name = toText(given['name'])
  if (given['resume'] === true && name === null)
    problems.push('A sweep that goes on needs the name it was started with.')
  const seed = whole('seed', 0, 1)
  const space = take(parseParams(given['params']), { dimensions: [], fixed: {} })
  const method = take(parseMethod(given['method'] ?? 'tpe', space, seed, given['counts']), NO_METHOD)
  const stopper = take(parseEarlyStop(given['earlyStop']), null)
  const asked = whole('runs', 1, method.size ?? DEFAULT_RUNS)
  const lanes = whole('lanes', 1, 1, MAX_LANES)
  const work = take(parseWork(given['objective'], given['lane']), NO_WORK)
  if (problems.length > 0 || metric === null || direction === null) return err(problems)
  return ok({
    ...space,
    experiment: toText(given['experiment']) ?? 'untitled',
    name: name ?? createRunName(),
    metric,
    direction,
    propose: method.propose,
    runs: Math.min(asked, method.size ?? asked),
    lanes,
    stopper,
    isResumed: given['resume'] === true,
    work,
    facts: { method: method.name, metric, direction, seed, early_stop: stopper?.rule ?? null },
  })
}

interface Method {
  readonly name: string
  readonly propose: Propose
  /** How many there are in all; null without end. */
  readonly size: number | null
}

/** Stands in where a problem was found already; never used. */
const NO_METHOD: Method = { name: '', propose: () => null, size: null }
const NO_WORK: SweepPlan['work'] = { objective: () => undefined }

function parseMethod(
  method: unknown,
  { dimensions }: SearchSpace,
  seed: number,
  counts: unknown,
): Result<Method, readonly string[]> {
  if (method === 'tpe') return ok({ name: method, propose: createTpe(dimensions, seed), size: null })
  if (method === 'random')
    return ok({ name: method, propose: createRandomSearch(dimensions, seed), size: null })
  if (method !== 'grid') return err(["method must be 'tpe', 'random' or 'grid'."])
  const grid = createGrid(dimensions, fieldsOf(counts))
  return grid.ok ? ok({ name: method, ...grid.value }) : grid
}

function parseWork(objective: unknown, lane: unknown): Result<SweepPlan['work'], readonly string[]> {
  if (typeof objective === 'function' && lane === undefined)
    return ok({ objective: objective as Objective<Params> })
  if (typeof lane === 'function' && objective === undefined)
    return ok({ openWorker: lane as () => LaneWorker })
  return err([
    'A sweep needs either objective, a function that runs a trial here, or lane, a function that starts a worker.',
  ])
}

function parseDirection(value: unknown): SweepDirection | null {
  return value === 'min' || value === 'max' ? value : null
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  try {
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
