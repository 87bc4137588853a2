import type { RunId } from '../../../src/model/units.ts'
import type { Sql } from '../../db/sql.ts'
import type { Ledger } from './ledger.ts'
import type { ChunkReader } from './read-chunks.ts'
import { countIn, type DamagedSeries } from './read-series.ts'
import { isLoss } from './scan.ts'

/** What is written between two answers of the thread. */
const SLICE_POINTS = 131_072

interface Named {
  readonly runId: RunId
  readonly key: string
}

/** Takes over series, each chunk as a batch of its own. */
export interface SeriesTaker {
  isOver(): boolean
  takeSlice(): void
  /** Takes all that is left of some, and commits it. */
  takeOf(sections: readonly Named[]): void
}

/** `readChunk` is undefined where there is nothing to read from. */
export function makeSeriesTaker(
  sql: Sql,
  ledger: Ledger,
  series: readonly DamagedSeries[],
  readChunk: ChunkReader | undefined,
): SeriesTaker {
  const incomplete = new Set<RunId>(ledger.record.incompleteRuns)
  const pending = new Map(series.map((each) => [nameOf(each), { ...each, done: 0 }]))

  /** Takes chunks of a series until `limit` points are reached; answers how many there were. */
  function take(each: DamagedSeries & { done: number }, limit: number): number {
    const what = String(each.id)
    let taken = 0
    while (each.done < each.chunks.length && taken < limit) {
      const chunk = each.chunks[each.done]
      each.done += 1
      if (chunk === undefined || readChunk === undefined || ledger.isTaken(what, each.done)) continue
      taken += chunk.count
      try {
        const points = readChunk(each, chunk)
        sql.transaction(() => ledger.take(what, each.done, { changes: [], points }))
        ledger.note({ points: ledger.record.points + chunk.count })
      } catch (cause) {
        if (!isLoss(cause)) throw cause
        incomplete.add(each.runId)
        ledger.note({ incompleteRuns: [...incomplete] })
      }
    }
    if (each.done < each.chunks.length) return taken
    if (countIn(each.chunks) < each.count) incomplete.add(each.runId)
    ledger.note({ incompleteRuns: [...incomplete] })
    pending.delete(nameOf(each))
    return taken
  }

  return {
    isOver: () => pending.size === 0,
    takeSlice() {
      ledger.commit(() => {
        let taken = 0
        for (const each of pending.values()) {
          taken += take(each, SLICE_POINTS - taken)
          if (taken >= SLICE_POINTS) break
        }
      })
    },
    takeOf(sections) {
      const wanted = new Set(sections.flatMap((section) => pending.get(nameOf(section)) ?? []))
      if (wanted.size === 0) return
      ledger.commit(() => {
        for (const each of wanted) take(each, Number.POSITIVE_INFINITY)
      })
    },
  }
}

/** Run ids may hold anything, so the length parts them from the key. */
function nameOf({ runId, key }: Named): string {
  return `${runId.length}:${runId}${key}`
}
