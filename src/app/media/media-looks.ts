import type { MediaKind } from '../../model/media.ts'

/** One of the ways to draw a kind. */
export interface MediaLook {
  readonly value: string
  readonly text: string
}

const LOOKS: Partial<Record<MediaKind, readonly MediaLook[]>> = {
  image: [
    { value: 'fit', text: 'Fit' },
    { value: 'actual', text: '1:1' },
    { value: 'large', text: '×8' },
  ],
  histogram: [
    { value: 'step', text: 'Step' },
    { value: 'ridges', text: 'Ridges' },
    { value: 'heat', text: 'Heat map' },
  ],
  'confusion-matrix': [
    { value: 'counts', text: 'Counts' },
    { value: 'rows', text: 'By row' },
  ],
  embedding: [
    { value: 'pca-2', text: 'PCA' },
    { value: 'pca-3', text: 'PCA 3D' },
    { value: 'umap-2', text: 'UMAP' },
    { value: 'umap-3', text: 'UMAP 3D' },
  ],
}

const ONE_LOOK: readonly MediaLook[] = []

/** The ways to draw a kind, the usual one first; none where there is but one. */
export function looksOf(kind: MediaKind | undefined): readonly MediaLook[] {
  return (kind === undefined ? undefined : LOOKS[kind]) ?? ONE_LOOK
}
