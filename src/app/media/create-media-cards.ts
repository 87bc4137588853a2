import { createMemo, type Accessor } from 'solid-js'
import { LATEST, parseMediaView, printMediaView, type MediaOptions, type MediaView } from './media-view.ts'
import type { Workspace } from '../workspace/create-workspace.ts'

/** How the media cards of an experiment are looked at, and how that is changed. */
export interface MediaCardsState {
  readonly expanded: Accessor<string | null>
  options(key: string): MediaOptions
  setOptions(key: string, part: Partial<MediaOptions>): void
  expand(key: string | null): void
  isCollapsed(prefix: string): boolean
  toggleCollapsed(prefix: string): void
  /** Shows every card at its latest step. */
  toLatest(): void
}

export function createMediaCards(workspace: Workspace): MediaCardsState {
  const written = workspace.pick('media')
  const view = createMemo(() => parseMediaView(written()))
  const cards = createMemo(() => view().cards)
  const collapsed = createMemo(() => new Set(view().collapsed))
  const change = (label: string, part: Partial<MediaView>, kind?: string): void =>
    workspace.change(label, { media: printMediaView({ ...view(), ...part }) }, kind)

  const options = (key: string): MediaOptions =>
    Object.hasOwn(cards(), key) ? (cards()[key] ?? LATEST) : LATEST

  return {
    expanded: createMemo(() => view().expanded),
    options,
    setOptions(key, part) {
      const after = { ...options(key), ...part }
      const others = Object.entries(cards()).filter(([each]) => each !== key)
      const isPlain = JSON.stringify(after) === JSON.stringify(LATEST)
      change(
        'step' in part ? `Choose a step of ${key}` : `Change how ${key} is shown`,
        { cards: Object.fromEntries(isPlain ? others : [...others, [key, after]]) },
        `media ${key}`,
      )
    },
    expand: (key) => change(key === null ? 'Back to all charts' : `Expand ${key}`, { expanded: key }),
    isCollapsed: (prefix) => collapsed().has(prefix),
    toggleCollapsed(prefix) {
      const isCollapsed = collapsed().has(prefix)
      change(isCollapsed ? 'Open a section' : 'Close a section', {
        collapsed: isCollapsed
          ? view().collapsed.filter((each) => each !== prefix)
          : [...view().collapsed, prefix],
      })
    },
    toLatest() {
      const entries = Object.entries(cards()).map(([key, options]) => [key, { ...options, step: null }])
      change('Show the latest of all media', { cards: Object.fromEntries(entries) })
    },
  }
}
