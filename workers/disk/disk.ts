import { relative } from 'node:path'
import { createId, type RunId } from '../../src/model/units.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { Refusal } from '../door/gate.ts'
import type { Answered, Asked, DiskCall } from '../mirror/messages.ts'
import { loadDrivers } from '../native/load-drivers.ts'
import { processLock } from '../native/process-lock.ts'
import { openProject } from '../native/project.ts'
import { askRuns } from './ask-runs.ts'
import { openIncomingFiles } from './incoming-files.ts'
import { findStore, listExperiments } from './list-experiments.ts'
import { watchLivingRuns } from './living-runs.ts'
import { takeArrangement, takeArtifact } from './take-artifacts.ts'
import { Behind, makeTaker } from './take-runs.ts'

/** Of what cannot be done for now. */
const INSUFFICIENT_STORAGE = 507

/** A folder of a project that takes in what browsers track. */
export interface Disk {
  /** As whoever started the server would call it. */
  readonly name: string
  /** Errors: rejects with a `Refusal`, as `Behind` is one, and with anything for what is no message. */
  readonly calls: { readonly [Name in DiskCall]: (asked: Asked<Name>) => Promise<Answered<Name>> }
  /** The runs of a database of the folder as a `.db`. Errors: as those. */
  read(file: string): Promise<Blob>
  close(): void
}

/** Errors: throws where Node has no SQLite. `warn` is told of databases that cannot be opened. */
export function openDisk(folder: string, warn: (reason: string) => void): Disk {
  loadDrivers()
  const project = openProject(folder, { onUnreadable: warn })
  const lock = processLock()
  const taker = makeTaker(project, lock)
  const living = watchLivingRuns(project, lock)
  const incoming = openIncomingFiles(folder)

  return {
    name: relative(process.cwd(), folder) || folder,
    calls: {
      async ask({ runIds }) {
        // All are kept open from now on: a run may be in any.
        project.stores()
        return Promise.resolve(askRuns(project, runIds))
      },
      take(message) {
        const taken = taker.take(message)
        if (!taken.ok) throw new Refusal(INSUFFICIENT_STORAGE, taken.error.message)
        living.hear(runsOf(message))
        return Promise.resolve(null)
      },
      alive: ({ runIds }) => Promise.resolve(living.hear(runIds)),
      arrange(message) {
        takeArrangement(project, taker.toBatch, message)
        return Promise.resolve(null)
      },
      filePart({ artifactId, file, offset, bytes }) {
        if (!incoming.add(artifactId, file, offset, bytes)) throw new Behind()
        return Promise.resolve(null)
      },
      async artifact(message) {
        await takeArtifact(project, incoming, message)
        return null
      },
      list: () => Promise.resolve(listExperiments(project)),
    },
    async read(file) {
      const store = findStore(project, file)
      if (store === undefined) throw new Refusal(INSUFFICIENT_STORAGE, 'There is no such file any more.')
      const all = { database: OWN_DATABASE, experimentId: null, runIds: null, format: 'db' } as const
      const exported = await store.service.exportFile({ jobId: createId(), ...all })
      if (!exported.ok) throw new Refusal(INSUFFICIENT_STORAGE, exported.error.message)
      return exported.value.file
    },
    close() {
      living.stop()
      incoming.close()
      project.close()
    },
  }
}

function runsOf({ points, arrays }: Asked<'take'>): readonly RunId[] {
  return [...new Set([...points.sections, ...arrays].map(({ runId }) => runId))]
}
