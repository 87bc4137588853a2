import type { Artifact, RegisteredModel } from '../../../model/artifact.ts'
import type { Command } from '../../shell/create-commands.ts'
import type { ArtifactShelf } from '../artifact-context.ts'

/** What stages are called where nobody has another word. */
export const STAGES = ['staging', 'production', 'archived'] as const

const GROUP = 'Models'

/** What can be done with the newest version of a model. */
export function modelCommands(
  shelf: ArtifactShelf,
  { name: model, versions }: RegisteredModel,
  artifact: Artifact | undefined,
): readonly Command[] {
  const [newest] = versions
  if (newest === undefined || artifact === undefined) return []
  const { version, stage, artifactId } = newest
  const registered = { model, version, artifactId, experimentId: artifact.experimentId }
  const stages = shelf.readOnly ? [] : STAGES.filter((each) => each !== stage)
  return [
    ...stages.map((each) => ({
      title: `Put ${model} ${version} in ${each}`,
      group: GROUP,
      run: () => shelf.edits.setStage(registered, each, stage),
    })),
    ...(artifact.erasedAt === null
      ? [{ title: `Download ${model} ${version}`, group: GROUP, run: () => void shelf.fetch(artifact) }]
      : []),
  ]
}
