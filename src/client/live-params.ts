import { MAX_LIVE_PARAMS, type LiveParam } from '../protocol/control.ts'

/** Numbers by name that a training passes to its barrier, and takes from it. */
export type LiveParams = Readonly<Record<string, number>>

/** What a training says its params are, and what somebody set them to. */
export interface LiveParamTable {
  /**
   * Hears what the training passed; answers whether a value is another than was known. `onAnew` hears what it set anew
   * of what somebody had set.
   */
  pass(params: LiveParams, onAnew: (name: string, value: number, before: number) => void): boolean
  /** Answers the value before; undefined where there is no such param. */
  set(name: string, value: number): number | undefined
  list(): readonly LiveParam[]
  /** As the training shall have them. */
  current(): LiveParams
}

/**
 * What was set holds until the training passes something new: a loop that takes what the barrier answers goes on with it, one
 * that always passes its first value too, and a schedule of its own has the last word.
 */
export function createLiveParams(): LiveParamTable {
  const passed = new Map<string, unknown>()
  const values = new Map<string, number>()
  const setByHand = new Set<string>()

  return {
    pass(params, onAnew) {
      let changed = false
      for (const name in params) {
        const value: unknown = params[name]
        if (passed.has(name) && Object.is(passed.get(name), value)) continue
        passed.set(name, value)
        if (typeof value !== 'number') continue
        const before = values.get(name)
        values.set(name, value)
        changed = true
        if (before !== undefined && before !== value && Number.isFinite(value) && setByHand.has(name))
          onAnew(name, value, before)
      }
      return changed
    },
    set(name, value) {
      const before = values.get(name)
      if (before === undefined) return undefined
      values.set(name, value)
      setByHand.add(name)
      return before
    },
    list: () =>
      [...values]
        .filter(([, value]) => Number.isFinite(value))
        .slice(0, MAX_LIVE_PARAMS)
        .map(([name, value]) => ({ name, value })),
    current: () => Object.fromEntries(values),
  }
}
