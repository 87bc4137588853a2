import type { Artifact } from '../../../src/model/artifact.ts'
import type { Change } from '../../../src/model/log-batch.ts'
import type { Sql } from '../../db/sql.ts'
import { ARTIFACT_ROW, readRelations, type BareArtifact } from '../../read/artifacts.ts'
import { openArtifact, orderOf, remarksOf } from '../artifact-sources.ts'
import type { ArtifactSource } from '../contents.ts'
import { isLoss, scanTable } from './scan.ts'

/** What is left of the artifacts of a damaged database; a file of one may prove unreadable when it is read. */
export interface DamagedArtifacts {
  readonly artifacts: readonly ArtifactSource[]
  /** What was said of them, removals too. */
  readonly remarks: readonly Change[]
  /** How many rows could not be read. */
  readonly lost: number
}

export const NO_ARTIFACTS: DamagedArtifacts = { artifacts: [], remarks: [], lost: 0 }

export function readDamagedArtifacts(sql: Sql): DamagedArtifacts {
  const rows: BareArtifact[] = []
  let lost = scanTable(sql, 'artifacts', ARTIFACT_ROW, (row) => rows.push({ ...row }))
  const whole: Artifact[] = []
  for (const row of rows.toSorted((a, b) => a.version - b.version)) {
    const relations = unlessLost(() => readRelations(sql, [row.id])(row.id))
    if (relations === null) lost += 1
    else whole.push({ ...row, ...relations })
  }
  return {
    artifacts: whole.map((artifact) => openArtifact(sql, artifact)),
    remarks: [
      ...whole.flatMap((artifact) => remarksOf(artifact, () => true)),
      ...(unlessLost(() => orderOf(sql, whole)) ?? []),
      ...whole.flatMap(removalOf),
    ],
    lost,
  }
}

function removalOf({ id, removedAt }: Artifact): Change[] {
  return removedAt === null ? [] : [{ type: 'removeArtifacts', artifactIds: [id], removedAt }]
}

function unlessLost<T>(read: () => T): T | null {
  try {
    return read()
  } catch (cause) {
    if (isLoss(cause)) return null
    throw cause
  }
}
