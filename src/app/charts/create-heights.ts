import { createSignal } from 'solid-js'

/** The two ends of y. */
export type Height = readonly [low: number, high: number]

/** One height for the charts of a metric that stand side by side, each of a part of its runs: what they show is then seen at a glance. */
export interface Heights {
  /** What fits all of them; null where none draws anything. */
  of(metric: string): Height | null
  /** What fits one of them; null when it draws nothing, or is gone. */
  setPart(metric: string, part: string, height: Height | null): void
}

export function createHeights(): Heights {
  const [known, setKnown] = createSignal<ReadonlyMap<string, ReadonlyMap<string, Height>>>(new Map())
  return {
    of(metric) {
      const parts = [...(known().get(metric)?.values() ?? [])]
      if (parts.length === 0) return null
      return [Math.min(...parts.map(([low]) => low)), Math.max(...parts.map(([, high]) => high))]
    },
    setPart(metric, part, height) {
      const before = known().get(metric)?.get(part)
      if (before?.[0] === height?.[0] && before?.[1] === height?.[1]) return
      const parts = new Map(known().get(metric))
      if (height === null) parts.delete(part)
      else parts.set(part, height)
      setKnown((all) => new Map(all).set(metric, parts))
    },
  }
}
