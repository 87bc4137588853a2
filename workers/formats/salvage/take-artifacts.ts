import type { Change } from '../../../src/model/log-batch.ts'
import { nextTask } from '../../../src/model/event-loop.ts'
import type { Sql } from '../../db/sql.ts'
import { copyArtifact, type Writing } from '../copy-artifact.ts'
import type { DamagedArtifacts } from './read-artifacts.ts'
import { isLoss } from './scan.ts'

/** What comes over after points and arrays, and how. */
export interface Takings {
  /** What runs said. */
  readonly changes: Iterable<Change>
  readonly artifacts: DamagedArtifacts
  readonly write: Writing
  /** Applies changes unless they came over before. */
  readonly take: (what: string, sequence: number, changes: readonly Change[]) => void
  readonly onLost: () => void
}

/** Takes over the next of what runs said, of their artifacts, and of what is said of those; answers false when all is over. */
export function makeArtifactTaker(
  sql: Sql,
  { changes, artifacts, write, take, onLost }: Takings,
): () => Promise<boolean> {
  const steps = takeAll()
  return async () => (await steps.next()).done !== true

  async function* takeAll(): AsyncGenerator<void> {
    let sequence = 0
    for (const change of changes) {
      takeUnlessLost('console', (sequence += 1), change)
      yield
    }
    for (const artifact of artifacts.artifacts) {
      try {
        await copyArtifact(sql, artifact, write, () => nextTask())
      } catch (cause) {
        if (!isLoss(cause)) throw cause
        onLost()
      }
      yield
    }
    for (const [index, remark] of artifacts.remarks.entries()) takeUnlessLost('remarks', index + 1, remark)
  }

  /** What is said of something that is lost has no effect. */
  function takeUnlessLost(what: string, sequence: number, change: Change): void {
    try {
      take(what, sequence, [change])
    } catch (cause) {
      if (!isLoss(cause)) throw cause
    }
  }
}
