import type { ArtifactId } from '../model/artifact.ts'
import { err, ok } from '../model/result.ts'
import type { RunId, Step } from '../model/units.ts'
import { createArtifactLog } from './artifact-log.ts'
import type { Uplink } from './create-uplink.ts'
import type { Run } from './run.ts'
import type { RunWork } from './run-work.ts'
import { versionsMeant } from './resolve-artifact.ts'
import { readArtifactsOf, unknownArtifact, type ArtifactApi } from './stored-artifacts.ts'
import { warnOnce } from './warn.ts'

/** What a run makes and uses. */
export interface RunArtifacts extends Pick<Run, 'logArtifact' | 'useArtifact'> {
  noteUse(artifactId: ArtifactId): void
  /** Resolves when no upload is under way; null when none is. Never rejects. */
  readonly pending: Promise<unknown> | null
}

export interface RunArtifactsOptions {
  readonly runId: RunId
  /** By name: that of a run that is resumed is known later. */
  readonly experiment: () => string
  readonly uplink: Uplink
  readonly api: () => ArtifactApi
  readonly lastStep: () => Step | null
  readonly work: RunWork
}

export function createRunArtifacts(options: RunArtifactsOptions): RunArtifacts {
  const { runId, experiment, uplink, api, lastStep, work } = options
  const artifactLog = createArtifactLog({
    runId,
    storeArtifact: (request) => api().storeArtifact(request),
    lastStep,
    async declare() {
      // Where the store has never heard of the run, this makes the uplink say it again.
      uplink.enqueue({ type: 'setTags', runId, tags: {} })
      const declared = await uplink.flush()
      return declared.ok ? ok(null) : declared
    },
  })
  const noteUse = (artifactId: ArtifactId): void =>
    uplink.enqueue({ type: 'useArtifact', runId, artifactId, usedAt: Date.now() })

  const use: Run['useArtifact'] = async (reference) => {
    await uplink.flush()
    const stored = await readArtifactsOf(api(), { experiment: experiment() })
    if (!stored.ok) return stored
    const meant = versionsMeant(stored.value, reference, runId)
    const [found] = meant
    if (found === undefined) return err(unknownArtifact(reference))
    if (meant.length > 1) {
      const { ambiguousArtifact } = await import('./ambiguous-artifact.ts')
      return err(ambiguousArtifact(reference, meant))
    }
    noteUse(found.id)
    return ok(found)
  }

  return {
    noteUse,
    get pending() {
      return artifactLog.pending
    },
    async logArtifact(name, contents, artifactOptions = {}) {
      const logged = await artifactLog.log(name, contents, artifactOptions)
      if (!logged.ok) warnOnce(logged.error.message)
      return logged
    },
    useArtifact: (reference) => work.add(`the artifact ${reference}`, use(reference)),
  }
}
