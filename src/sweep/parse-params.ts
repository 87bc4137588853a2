import { toJsonValue, type JsonValue } from '../model/json.ts'
import { err, ok, type Result } from '../model/result.ts'
import type { Params } from '../model/run.ts'
import type { Dimension } from './dimension.ts'
import { SPACE, type ParamSpace, type SpaceText } from './space.ts'

/** What a sweep searches, and what all its trials share. */
export interface SearchSpace {
  readonly dimensions: readonly Dimension[]
  readonly fixed: Params
}

/** Reads the params of a sweep. Errors: a sentence for each param that makes no sense, in words that name it. */
export function parseParams(params: unknown): Result<SearchSpace, readonly string[]> {
  const problems: string[] = []
  const dimensions: Dimension[] = []
  const fixed: [string, JsonValue][] = []
  for (const [name, value] of entriesOf(params)) {
    if (!isSpace(value)) {
      const problem = unkeepable(value)
      if (problem === null) fixed.push([name, toJsonValue(value)])
      else problems.push(`The param ${name} is ${problem}, which a run cannot keep.`)
      continue
    }
    const dimension = parseSpace(name, value[SPACE])
    if (dimension.ok) dimensions.push(dimension.value)
    else problems.push(dimension.error)
  }
  if (problems.length === 0 && dimensions.length === 0)
    problems.push(
      'There is nothing to search: at least one param must be a choice([…]), uniform(…), logUniform(…) or int(…).',
    )
  return problems.length === 0 ? ok({ dimensions, fixed: Object.fromEntries(fixed) }) : err(problems)
}

function entriesOf(params: unknown): readonly (readonly [string, unknown])[] {
  try {
    return typeof params === 'object' && params !== null ? Object.entries(params) : []
  } catch {
    return []
  }
}

function isSpace(value: unknown): value is ParamSpace<unknown> {
  return typeof value === 'object' && value !== null && SPACE in value
}

function parseSpace(name: string, space: SpaceText): Result<Dimension, string> {
  return space.kind === 'choice' ? parseChoice(name, space.values) : parseRange(name, space)
}

function parseChoice(name: string, values: unknown): Result<Dimension, string> {
  if (!Array.isArray(values))
    return err(`The choice of ${name} needs a list, as in choice(['relu', 'tanh']).`)
  if (values.length === 0) return err(`The choice of ${name} is empty.`)
  for (const value of values) {
    const problem = unkeepable(value)
    if (problem !== null)
      return err(`The choice of ${name} holds ${problem}, which a run cannot keep. Give it a name instead.`)
  }
  return ok({ kind: 'choice', name, values: values.map(toJsonValue) })
}

function parseRange(
  name: string,
  { kind, low, high, isLog }: Extract<SpaceText, { readonly kind: 'uniform' | 'int' }>,
): Result<Dimension, string> {
  if (!isFinite(low) || !isFinite(high))
    return err(`The range of ${name} needs two finite numbers, not ${inWords(low)} and ${inWords(high)}.`)
  if (low > high)
    return err(
      `The range of ${name} begins at ${low}, above its end at ${high}: write the smaller one first.`,
    )
  if (isLog && low <= 0)
    return err(`The range of ${name} begins at ${low}, but a log scale needs numbers above 0.`)
  if (kind === 'int' && !(Number.isSafeInteger(low) && Number.isSafeInteger(high)))
    return err(`The range of ${name} needs whole numbers, not ${low} and ${high}.`)
  return ok({ kind, name, low, high, isLog })
}

function isFinite(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

/** What a value is, in words, when JSON cannot hold it; null when it can. */
function unkeepable(value: unknown): string | null {
  if (value === undefined) return 'undefined'
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'symbol') return 'a symbol'
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
  return null
}

function inWords(value: unknown): string {
  return typeof value === 'number' ? String(value) : typeof value
}
