import type { PointColumns } from '../../src/model/log-batch.ts'

interface OpenSection {
  readonly runId: string
  readonly key: string
  readonly steps: number[]
  readonly values: number[]
  readonly times: number[]
}

export interface SectionParts {
  add(runId: string, key: string, step: number, value: number, time: number): void
  readonly count: number
  /** The points so far as columns; starts anew. */
  close(): PointColumns
}

/** Sorts points that come one by one into the columns of their series, each in the order they came. */
export function makeSectionParts(): SectionParts {
  let sections = new Map<string, OpenSection>()
  let latest: OpenSection | undefined
  let count = 0

  function sectionOf(runId: string, key: string): OpenSection {
    if (latest?.runId === runId && latest.key === key) return latest
    const name = `${runId}\0${key}`
    latest = sections.get(name)
    if (latest === undefined) {
      latest = { runId, key, steps: [], values: [], times: [] }
      sections.set(name, latest)
    }
    return latest
  }

  return {
    get count() {
      return count
    },
    add(runId, key, step, value, time) {
      const section = sectionOf(runId, key)
      section.steps.push(step)
      section.values.push(value)
      section.times.push(time)
      count += 1
    },
    close() {
      const columns = new Float64Array(count * 3)
      let at = 0
      for (const { steps, values, times } of sections.values()) {
        for (const column of [steps, values, times]) {
          columns.set(column, at)
          at += column.length
        }
      }
      const closed = [...sections.values()].map(({ runId, key, steps }) => ({
        runId,
        key,
        count: steps.length,
      }))
      sections = new Map()
      latest = undefined
      count = 0
      return { sections: closed, columns }
    },
  }
}
