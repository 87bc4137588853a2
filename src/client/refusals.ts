import type { Refusal, RefusalReason } from '../model/log-batch.ts'
import { warnOnce } from './warn.ts'

/** Stands for the whole call where no single key can be named. */
export const WHOLE_CALL = '(metrics)'

const MAX_EXAMPLE_LENGTH = 80

/** Counts what was refused, merged by key and reason until taken. */
export interface Refusals {
  add(key: string, reason: RefusalReason, example: string): void
  /** What came together since the last take. */
  take(): readonly Refusal[]
  /** How many values were refused in all. */
  readonly total: number
}

/** `onFirst` is called for the first refusal of each key and reason. */
export function createRefusals(onFirst: (refusal: Refusal) => void): Refusals {
  const seen = new Set<string>()
  let gathered = new Map<string, Refusal>()
  let total = 0
  return {
    add(key, reason, example) {
      total += 1
      const id = `${reason} ${key}`
      const refusal = { key, reason, count: (gathered.get(id)?.count ?? 0) + 1, example }
      gathered.set(id, refusal)
      if (seen.has(id)) return
      seen.add(id)
      onFirst(refusal)
    },
    take() {
      if (gathered.size === 0) return []
      const taken = [...gathered.values()]
      gathered = new Map()
      return taken
    },
    get total() {
      return total
    },
  }
}

/** Says on the console what was not kept and what to write instead, in words that are loaded when there is need of them. */
export async function warnOfRefusal(runName: string, refusal: Refusal): Promise<void> {
  const why = await import('../model/refusal-words.ts').then(
    ({ whyRefused }) => whyRefused(refusal),
    () => `${refusal.reason.replaceAll('-', ' ')} (${refusal.example})`,
  )
  warnOnce(`run ${runName} refused ${refusal.key}: ${why}`)
}

/** What a refused value was, in words: `string "0.3"`, `undefined`, `object Tensor`. Never throws. */
export function describeValue(value: unknown): string {
  try {
    return shorten(inWords(value))
  } catch {
    return `unreadable ${typeof value}`
  }
}

/** What went wrong while a value was read, in words. Never throws. */
export function describeThrown(thrown: unknown): string {
  try {
    return shorten(`unreadable: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
  } catch {
    return 'unreadable'
  }
}

function inWords(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'undefined'
    case 'string':
      // Sliced before quoting, so that a book logged by mistake costs nothing.
      return `string ${JSON.stringify(value.slice(0, MAX_EXAMPLE_LENGTH))}`
    case 'object':
      if (value === null) return 'null'
      return objectInWords(value)
    case 'function':
      return 'function'
    default:
      return `${typeof value} ${String(value)}`
  }
}

/** With how many entries, where it has some. */
function objectInWords(value: object): string {
  const name = Array.isArray(value) ? 'array' : `object ${value.constructor?.name ?? ''}`.trim()
  const shape: unknown = Reflect.get(value, 'shape')
  if (Array.isArray(shape)) return `${name} [${shape.join(', ')}]`
  const length: unknown = Reflect.get(value, 'length')
  return typeof length === 'number' ? `${name} of ${length}` : name
}

function shorten(text: string): string {
  return text.length <= MAX_EXAMPLE_LENGTH ? text : `${text.slice(0, MAX_EXAMPLE_LENGTH - 1)}…`
}
