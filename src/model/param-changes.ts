import type { ParamChange, ParamChanges, Params, RunEvent } from './run.ts'

/** As control notes what it set: `lr 0.01 → 0.003`. */
const SET = /^(.+) (\S+) → (\S+)$/s

/** A text of numbers as JSON keeps them. */
function numberOf(text: string | undefined): number | null {
  const number = Number(text)
  return text === undefined || !Number.isFinite(number) ? null : number
}

/**
 * What events of older runs say was set while they ran, and what the params are since. What they say of a param that is not
 * there, or was said to be something else meanwhile, is left to them.
 */
export function paramsFromEvents(
  params: Params,
  events: readonly Pick<RunEvent, 'kind' | 'text' | 'time' | 'step'>[],
): { readonly params: Params; readonly changes: ParamChanges } {
  const now = new Map(Object.entries(params))
  const changes = new Map<string, ParamChange>()
  for (const { kind, text, step } of events.toSorted((a, b) => a.time - b.time)) {
    if (kind !== 'control') continue
    const [, name = '', before, after] = SET.exec(text) ?? []
    const [from, to] = [numberOf(before), numberOf(after)]
    if (from === null || to === null || now.get(name) !== from) continue
    now.set(name, to)
    changes.set(name, { first: changes.get(name)?.first ?? from, step })
  }
  return { params: Object.fromEntries(now), changes: Object.fromEntries(changes) }
}
