import type { Artifact } from '../../model/artifact.ts'
import type { Command } from '../shell/create-commands.ts'
import type { ArtifactShelf } from './artifact-context.ts'

/** The palette is for a few things, not for every version there is: those opened last. */
const MAX_VERSIONS = 5

const GROUP = 'Artifacts'

/** What can be done with the versions that are open. */
export function versionCommands(shelf: ArtifactShelf): readonly Command[] {
  const open = new Set(shelf.view().open.slice(-MAX_VERSIONS))
  return shelf
    .all()
    .filter(({ id, removedAt }) => open.has(id) && removedAt === null)
    .flatMap((artifact) => commandsOf(shelf, artifact))
}

function commandsOf(shelf: ArtifactShelf, artifact: Artifact): readonly Command[] {
  const { name, version, erasedAt } = artifact
  const said = `${name} v${version}`
  return [
    ...(erasedAt === null
      ? [{ title: `Download ${said}`, group: GROUP, run: () => void shelf.fetch(artifact) }]
      : []),
    ...(shelf.readOnly
      ? []
      : [{ title: `Delete ${said}`, group: GROUP, run: () => void shelf.edits.remove([artifact]) }]),
  ]
}
