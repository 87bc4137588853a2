import type { Artifact, ArtifactId, ArtifactPolicy, HeldAlias } from '../../model/artifact.ts'
import type { Change } from '../../model/log-batch.ts'
import type { ExperimentId } from '../../model/units.ts'
import { OWN_DATABASE } from '../../protocol/database-id.ts'
import type { KeepText } from '../../widgets/create-draft.ts'
import { changesToDeed, commitChanges } from '../experiment/commit-changes.ts'
import { editText } from '../experiment/edit-text.ts'
import type { History } from '../shell/create-history.ts'
import type { ToastState } from '../shell/create-toasts.ts'
import { sayStep } from '../shell/say-step.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** What the user can change about artifacts and models of the own database; each says so, and offers to take it back. */
export interface ArtifactEdits {
  /**
   * Gives a version an alias of the experiment, by hand, instead of the one that its run has of its own. Other runs keep
   * theirs.
   */
  addAlias(artifact: Artifact, alias: string): Promise<void>
  takeAlias(artifact: Artifact, held: HeldAlias): void
  /** Hides versions; their bytes stay until the room is freed. */
  remove(artifacts: readonly Artifact[]): Promise<boolean>
  restore(artifacts: readonly Artifact[]): void
  /** How many of the newest versions of each run are kept, null for all; `before` is what was said until now. */
  setPolicy(
    experimentId: ExperimentId,
    name: string,
    keep: number | null,
    before: readonly ArtifactPolicy[],
  ): void
  register(artifact: Artifact, model: string): void
  unregister(version: RegisteredVersion, stage: string | null): void
  setStage(version: RegisteredVersion, stage: string | null, before: string | null): void
  /** Begins to write notes on a model that had those `before`. */
  writeNotes(model: string, experimentId: ExperimentId, before: string): KeepText
}

/** A version of a registered model; `experimentId` is that of its artifact. */
export interface RegisteredVersion {
  readonly model: string
  readonly version: number
  readonly artifactId: ArtifactId
  readonly experimentId: ExperimentId
}

/** Names of people's own making are cut in messages. Unit: UTF-16 code units. */
const MAX_SAID = 60

const BY_HAND = { runId: null, metric: null, value: null, direction: null } as const

export function createArtifactEdits(tracker: Tracker, history: History, toasts: ToastState): ArtifactEdits {
  const commit = (changes: readonly Change[]): Promise<boolean> => commitChanges(tracker, toasts, changes)

  /** Does something, says that it was done, and offers what undoes it. */
  async function perform(
    said: string,
    changes: readonly Change[],
    back: readonly Change[],
  ): Promise<boolean> {
    if (!(await commit(changes))) return false
    const step = { label: said.replace(/\.$/, ''), undo: changesToDeed(back), redo: changesToDeed(changes) }
    sayStep(history, toasts, step, said)
    return true
  }

  return {
    async addAlias(artifact, word) {
      const { experimentId, name } = artifact
      const list = await tracker.api.readArtifacts({ database: OWN_DATABASE, experimentId, runId: null })
      if (!list.ok) return toasts.complain(list.error.message)
      const given: HeldAlias = { ...BY_HAND, alias: word }
      const instead = list.value.artifacts
        .filter((other) => other.name === name)
        .flatMap((holder) => holder.heldAliases.map((held) => ({ holder, held })))
        .filter(({ held }) => held.alias === word && (held.runId ?? artifact.runId) === artifact.runId)
      await perform(
        `${short(name)} v${artifact.version} is ${short(word)} now.`,
        [
          ...instead.map(({ holder, held }) => alias(holder, held, null)),
          alias(artifact, given, artifact.id),
        ],
        [alias(artifact, given, null), ...instead.map(({ holder, held }) => alias(holder, held, holder.id))],
      )
    },
    takeAlias: (artifact, held) =>
      void perform(
        `${short(artifact.name)} v${artifact.version} is not ${short(held.alias)} any more.`,
        [alias(artifact, held, null)],
        [alias(artifact, held, artifact.id)],
      ),
    remove: (artifacts) =>
      perform(removedWords(artifacts), removal(artifacts, Date.now()), removal(artifacts, null)),
    restore: (artifacts) => void commit(removal(artifacts, null)),
    setPolicy: (experimentId, name, keep, before) =>
      void perform(
        keep === null
          ? `All versions of ${short(name)} are kept.`
          : `The newest ${keep} of ${short(name)} of each run are kept, and all that are named, registered or used.`,
        [{ type: 'setArtifactPolicy', experimentId, name, keep }],
        [
          { type: 'setArtifactPolicy', experimentId, name, keep: null },
          ...before.map(
            (policy) =>
              ({
                type: 'setArtifactPolicy',
                experimentId,
                name,
                keep: policy.keep,
                runId: policy.runId,
              }) as const,
          ),
        ],
      ),
    register: ({ id, name, version, experimentId }, model) =>
      void perform(
        `${short(name)} v${version} is registered as ${short(model)}.`,
        [{ type: 'registerModel', model, artifactId: id, createdAt: Date.now(), experimentId }],
        [{ type: 'unregisterModel', model, artifactId: id, experimentId }],
      ),
    unregister: ({ model, version, artifactId, experimentId }, stage) =>
      void perform(
        `${short(model)} ${version} is not registered any more.`,
        [{ type: 'unregisterModel', model, artifactId, experimentId }],
        [
          { type: 'registerModel', model, artifactId, createdAt: Date.now(), version, experimentId },
          { type: 'setModelStage', model, artifactId, stage, experimentId },
        ],
      ),
    setStage: ({ model, version, artifactId, experimentId }, stage, before) =>
      void perform(
        stage === null
          ? `${short(model)} ${version} has no stage any more.`
          : `${short(model)} ${version} is in ${short(stage)}.`,
        [{ type: 'setModelStage', model, artifactId, stage, experimentId }],
        [{ type: 'setModelStage', model, artifactId, stage: before, experimentId }],
      ),
    writeNotes: (model, experimentId, before) =>
      editText(commit, history, {
        label: `Write notes on ${short(model)}`,
        before,
        change: (notes) => ({ type: 'setModelNotes', model, notes, experimentId }),
      }),
  }
}

function alias({ experimentId, name }: Artifact, held: HeldAlias, artifactId: ArtifactId | null): Change {
  return { type: 'setAlias', experimentId, name, artifactId, ...held }
}

/** One change for each experiment, so that everyone who shows one of them reads it again. */
function removal(artifacts: readonly Artifact[], removedAt: number | null): readonly Change[] {
  return [...new Set(artifacts.map(({ experimentId }) => experimentId))].map((experimentId) => ({
    type: 'removeArtifacts',
    artifactIds: artifacts.filter((each) => each.experimentId === experimentId).map(({ id }) => id),
    removedAt,
    experimentId,
  }))
}

function removedWords(artifacts: readonly Artifact[]): string {
  const [first] = artifacts
  return artifacts.length === 1 && first !== undefined
    ? `${short(first.name)} v${first.version} was deleted.`
    : `${artifacts.length} versions were deleted.`
}

function short(name: string): string {
  return name.length <= MAX_SAID ? name : `${name.slice(0, MAX_SAID)}…`
}
