import { isArtifactPath, MAX_ARTIFACT_FILES } from '../../src/model/artifact.ts'
import { TEXT } from '../../src/model/column.ts'
import { NO_POINTS, type Change } from '../../src/model/log-batch.ts'
import type { ExperimentId } from '../../src/model/units.ts'
import type { ArtifactSource, FileSource } from '../formats/contents.ts'
import { parseExperiment } from '../formats/parse-run.ts'
import { arrangementToChanges } from '../formats/run-changes.ts'
import { takeIn } from '../formats/take-in.ts'
import { findExperiment } from '../ingest/run-start.ts'
import type { ArrangeMessage, ArtifactMessage } from '../mirror/messages.ts'
import type { Project } from '../native/project.ts'
import type { ProjectStore } from '../native/project-store.ts'
import type { IncomingFiles } from './incoming-files.ts'
import { Behind } from './take-runs.ts'

/** Nothing of these is lost or counted twice when they are said again. */
const CLIENT = 'mirror-artifacts'

/** Takes a version whose bytes have arrived. Errors: throws `Behind` when they have not, or its run is unknown here. */
export async function takeArtifact(
  project: Project,
  incoming: IncomingFiles,
  { artifact, sent }: ArtifactMessage,
): Promise<void> {
  const store = project.storeOfRun(artifact.runId)
  const experimentId = store === undefined ? undefined : experimentOfRun(store, artifact.runId)
  if (store === undefined || experimentId === undefined) throw new Behind()
  const { id } = artifact
  const isSent = new Set(sent)
  const files = artifact.files.map((file, index): ArtifactSource['files'][number] => {
    if (!isArtifactPath(file.path) || index >= MAX_ARTIFACT_FILES) throw new Behind()
    if (!isSent.has(index)) return file
    if (incoming.size(id, index) !== file.bytes) throw new Behind()
    return { ...file, read: (offset) => incoming.read(id, index, offset) } satisfies FileSource
  })
  const part = { changes: [], points: NO_POINTS, artifact: { ...artifact, experimentId, files } }
  await takeIn(store.database, CLIENT, only(part), { report: () => Promise.resolve() })
  incoming.remove(id, artifact.files.length)
}

/** What may be said of an experiment from outside; all else of runs comes with them. */
const ARRANGING: ReadonlySet<Change['type']> = new Set([
  'setAlias',
  'useArtifact',
  'removeArtifacts',
  'setArtifactPolicy',
  'registerModel',
  'unregisterModel',
  'setModelStage',
  'setModelNotes',
])

/** Arranges an experiment as it is where the message comes from; one that has no run here is nothing to arrange. */
export function takeArrangement(
  project: Project,
  toBatch: (changes: readonly Change[]) => Parameters<ProjectStore['ingest']>[0],
  message: ArrangeMessage,
): void {
  const experiment = parseExperiment(message.experiment as never)
  const found = project
    .stores()
    .map((store) => ({ store, id: findExperiment(store.database.sql, experiment.name) }))
    .find(({ id }) => id !== undefined)
  if (found?.id === undefined) return
  const { store, id } = found
  const remarks = message.remarks.filter(({ type }) => ARRANGING.has(type))
  const changes = [...arrangementToChanges({ ...experiment, id }), ...remarks].map((change) =>
    'experimentId' in change ? Object.assign(change, { experimentId: id }) : change,
  )
  if (changes.length === 0 || store.ingest(toBatch(changes)).ok) return
  // One that cannot be said here keeps none of the others back.
  for (const change of changes) store.ingest(toBatch([change]))
}

function experimentOfRun({ database }: ProjectStore, runId: string): ExperimentId | undefined {
  return database.sql.value('select experiment_id from runs where id = ?', [runId], TEXT)
}

async function* only<T>(part: T): AsyncGenerator<T> {
  yield await Promise.resolve(part)
}
