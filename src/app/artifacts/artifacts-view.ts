import type { ArtifactId } from '../../model/artifact.ts'
import { isJsonObject, parseJson } from '../../model/json.ts'
import { parseTexts } from '../workspace/view-fields.ts'

export const ARTIFACT_LOOKS = ['list', 'lineage', 'compare'] as const
export type ArtifactLook = (typeof ARTIFACT_LOOKS)[number]

/** How the artifacts of an experiment and of its runs are looked at. */
export interface ArtifactsView {
  readonly search: string
  readonly look: ArtifactLook
  /** The versions that show all that is known of them. */
  readonly open: readonly ArtifactId[]
  /** The versions that something is to be done with. */
  readonly picked: readonly ArtifactId[]
}

export const INITIAL_ARTIFACTS: ArtifactsView = { search: '', look: 'list', open: [], picked: [] }

/** Bound of what a link may name one by one. */
export const MAX_NAMED_ARTIFACTS = 500
/** Longer ones are none of ours. Unit: UTF-16 code units. */
const MAX_TEXT = 100_000
export const MAX_ARTIFACT_SEARCH = 500

/** Empty for the arrangement at first. */
export function printArtifactsView(view: ArtifactsView): string {
  const changed = Object.entries(view).filter(
    ([name, value]) =>
      JSON.stringify(value) !== JSON.stringify(INITIAL_ARTIFACTS[name as keyof ArtifactsView]),
  )
  return changed.length === 0 ? '' : JSON.stringify(Object.fromEntries(changed))
}

/** Makes an arrangement of whatever a link says. */
export function parseArtifactsView(text: string): ArtifactsView {
  const raw = text === '' || text.length > MAX_TEXT ? undefined : parseJson(text)
  if (!isJsonObject(raw)) return INITIAL_ARTIFACTS
  const { search, look, open, picked } = raw
  return {
    search: typeof search === 'string' ? search.slice(0, MAX_ARTIFACT_SEARCH) : '',
    look: ARTIFACT_LOOKS.find((each) => each === look) ?? 'list',
    open: parseTexts(open, MAX_NAMED_ARTIFACTS) ?? [],
    picked: parseTexts(picked, MAX_NAMED_ARTIFACTS) ?? [],
  }
}
