import { createContext, createMemo, createSignal, useContext, type Accessor } from 'solid-js'
import type { Artifact, ArtifactId } from '../../model/artifact.ts'
import type { ExperimentId, RunId } from '../../model/units.ts'
import type { ArtifactsRequest } from '../../protocol/artifacts-api.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { NameOf } from './alias-words.ts'
import { createArtifactDownload, type ArtifactDownload } from './create-artifact-download.ts'
import { createArtifactEdits, type ArtifactEdits } from './create-artifact-edits.ts'
import { createArtifacts, type ArtifactsState } from './create-artifacts.ts'
import { createRunCards, type RunCards } from './create-run-cards.ts'
import type { History } from '../shell/create-history.ts'
import { useToasts } from '../shell/create-toasts.ts'
import {
  MAX_NAMED_ARTIFACTS,
  parseArtifactsView,
  printArtifactsView,
  type ArtifactsView,
} from './artifacts-view.ts'
import { routeToHash } from '../shell/hash-route.ts'
import { useTracker } from '../tracker/tracker.ts'
import { INITIAL_VIEW, printView } from '../workspace/workspace-view.ts'
import { formatPlural } from '../../widgets/number-format.ts'
import { downloadFile } from '../shell/download.ts'
import { useExperiment } from '../experiment/experiment-context.ts'

/** A registered model that a version is one of. */
export interface Registration {
  readonly model: string
  readonly version: number
  readonly stage: string | null
}

/** What the parts of a screen of artifacts share. */
export interface ArtifactShelf extends ArtifactsState {
  readonly database: DatabaseId
  readonly readOnly: boolean
  readonly edits: ArtifactEdits
  readonly download: ArtifactDownload
  readonly cards: RunCards
  readonly nameOf: NameOf
  readonly view: Accessor<ArtifactsView>
  /** Every version there is, those that are removed too. */
  readonly all: Accessor<readonly Artifact[]>
  change(label: string, part: Partial<ArtifactsView>, kind?: string): void
  toggleOpen(id: ArtifactId): void
  registrations(id: ArtifactId): readonly Registration[]
  /** Why no policy gives up a version, besides its aliases and uses. */
  isHeld(id: ArtifactId): boolean
  /** Where a run shows its artifacts; undefined for one that is not known here. */
  runLink(runId: RunId): string | undefined
  /** Asks whether to give up the bytes of versions for good, and does. */
  askToErase(artifacts: readonly Artifact[]): void
  /** What is asked about now. */
  readonly erasing: Accessor<readonly Artifact[] | null>
  stopAsking(): void
  /** Reads a version, or one file of it, and hands it to the downloads. */
  fetch(artifact: Artifact, path?: string): Promise<void>
}

const ArtifactContext = createContext<ArtifactShelf>()
export const ArtifactProvider = ArtifactContext.Provider

export function useArtifacts(): ArtifactShelf {
  const shelf = useContext(ArtifactContext)
  if (shelf === undefined) throw new Error('useArtifacts outside of <ArtifactProvider>')
  return shelf
}

/** Where a shelf stands. */
interface ShelfPlace {
  readonly database: DatabaseId
  readonly readOnly: boolean
  readonly request: Accessor<ArtifactsRequest>
  /** Where edits can be undone. */
  readonly history: History
  readonly view: Accessor<ArtifactsView>
  change: ArtifactShelf['change']
  /** How a run of an experiment is shown, as a link says it. */
  viewOfRun(experimentId: ExperimentId): string
}

/** The artifacts of the experiment on the screen; of one run when it is named. */
export function createShelf(runId: Accessor<RunId | null>): ArtifactShelf {
  const { database, experimentId, readOnly, workspace } = useExperiment()
  const written = workspace.pick('artifacts')
  const view = createMemo(() => parseArtifactsView(written()))
  return makeShelf({
    database,
    readOnly,
    history: workspace.history,
    view,
    // What a run used may be of another experiment.
    request: () => ({
      database,
      experimentId: runId() === null ? experimentId : null,
      runId: runId(),
    }),
    change: (label, part, kind) =>
      workspace.change(label, { artifacts: printArtifactsView({ ...view(), ...part }) }, kind),
    viewOfRun: (of) =>
      printView({
        ...(of === experimentId ? workspace.view() : INITIAL_VIEW),
        isRunAlone: true,
        runTab: 'artifacts',
      }),
  })
}

export function makeShelf(place: ShelfPlace): ArtifactShelf {
  const { database, readOnly, view, change } = place
  const tracker = useTracker()
  const toasts = useToasts()
  const state = createArtifacts(tracker, place.request)
  const download = createArtifactDownload(tracker, database)
  const cards = createRunCards(tracker, database)
  const [erasing, setErasing] = createSignal<readonly Artifact[] | null>(null)
  const all = createMemo(() => state.list()?.artifacts ?? [])
  const forked = createMemo(() => new Set(state.list()?.forked))
  const registered = createMemo(() => {
    const byId = new Map<ArtifactId, Registration[]>()
    for (const { name: model, versions } of state.list()?.models ?? []) {
      for (const { artifactId, version, stage } of versions) {
        const known = byId.get(artifactId) ?? []
        byId.set(artifactId, [...known, { model, version, stage }])
      }
    }
    return byId
  })

  return {
    ...state,
    database,
    readOnly,
    edits: createArtifactEdits(tracker, place.history, toasts),
    download,
    cards,
    nameOf: (id) => cards.card(id)?.name,
    view,
    all,
    change,
    toggleOpen(id) {
      const { open } = view()
      const isOpen = open.includes(id)
      change(isOpen ? 'Close a version' : 'Open a version', {
        open: isOpen ? open.filter((each) => each !== id) : [...open, id].slice(-MAX_NAMED_ARTIFACTS),
      })
    },
    registrations: (id) => registered().get(id) ?? [],
    isHeld: (id) => registered().has(id) || forked().has(id),
    runLink(id) {
      const card = cards.card(id)
      if (card === undefined || card === null) return undefined
      const { experimentId } = card
      return routeToHash({ database, experimentId, runId: id, view: place.viewOfRun(experimentId) })
    },
    askToErase: (artifacts) => void setErasing(artifacts),
    erasing,
    stopAsking: () => void setErasing(null),
    async fetch(artifact, path) {
      const read = path === undefined ? await download.whole(artifact) : await download.one(artifact, path)
      if (!read.ok) {
        if (read.error.code !== 'cancelled') toasts.complain(read.error.message)
        return
      }
      const { file, fileName, leftOut } = read.value
      downloadFile(file, fileName)
      if (leftOut > 0)
        toasts.complain(
          `${fileName} is without ${formatPlural(leftOut, 'file')} whose paths lead out of a folder. Download them one by one.`,
        )
    },
  }
}
