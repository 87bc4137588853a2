import type { Artifact } from '../../src/model/artifact.ts'
import type { Change } from '../../src/model/log-batch.ts'
import { readBlobBytes } from '../db/blobs.ts'
import type { Sql } from '../db/sql.ts'
import { findArtifactFile, readAllArtifacts, readModels, readPolicies } from '../read/artifacts.ts'
import type { ArtifactSource, FileSource } from './contents.ts'

/** Artifacts to be written, and what is said of them once they are there. */
export interface ArtifactContents {
  readonly artifacts: readonly ArtifactSource[]
  readonly remarks: readonly Change[]
}

/** The artifacts that some runs made. Cost: no bytes are read yet. */
export function openArtifacts(
  sql: Sql,
  kind: 'ours' | 'exported',
  isWanted: (runId: string) => boolean,
): ArtifactContents {
  const artifacts = readAllArtifacts(sql, kind).filter(({ runId }) => isWanted(runId))
  return {
    artifacts: artifacts.map((artifact) => openArtifact(sql, artifact)),
    remarks: [...artifacts.flatMap((artifact) => remarksOf(artifact, isWanted)), ...orderOf(sql, artifacts)],
  }
}

export function openArtifact(sql: Sql, artifact: Artifact): ArtifactSource {
  return { ...artifact, files: filesOf(sql, artifact) }
}

function filesOf(sql: Sql, { id, files }: Artifact): ArtifactSource['files'] {
  return files.map((file) => {
    const found = findArtifactFile(sql, id, file.path)
    if (found === undefined) return file
    const read = (offset: number): Uint8Array => readBlobBytes(sql, found.blobId, offset)
    return { ...file, read } satisfies FileSource
  })
}

/** Its aliases and uses. */
export function remarksOf(
  { id, experimentId, name, createdAt, heldAliases, usedBy }: Artifact,
  isWanted: (runId: string) => boolean,
): Change[] {
  return [
    ...heldAliases.map(
      (held) => ({ type: 'setAlias', experimentId, name, artifactId: id, ...held }) as const,
    ),
    ...usedBy
      .filter(isWanted)
      .map((runId) => ({ type: 'useArtifact', runId, artifactId: id, usedAt: createdAt }) as const),
  ]
}

/** Policies and registered models, versions in the order they were registered. */
export function orderOf(sql: Sql, artifacts: readonly Artifact[]): Change[] {
  const ids = new Set(artifacts.map(({ id }) => id))
  const names = new Set(artifacts.map(({ experimentId, name }) => `${experimentId} ${name}`))
  const makers = new Set<string | null>([null, ...artifacts.map(({ runId }) => runId)])
  const policies = readPolicies(sql).filter(
    ({ experimentId, name, runId }) => names.has(`${experimentId} ${name}`) && makers.has(runId),
  )
  const order: Change[] = policies.map((policy) =>
    Object.assign({ type: 'setArtifactPolicy' } as const, policy),
  )
  for (const { name: model, notes, versions } of readModels(sql, artifacts)) {
    for (const { stage, ...version } of versions.toReversed()) {
      const { artifactId } = version
      if (!ids.has(artifactId)) continue
      order.push({ type: 'registerModel', model, ...version })
      if (stage !== null) order.push({ type: 'setModelStage', model, artifactId, stage })
    }
    order.push({ type: 'setModelNotes', model, notes })
  }
  return order
}
