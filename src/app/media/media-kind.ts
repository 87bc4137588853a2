import type { JSX } from 'solid-js'
import type { MediaAddress, MediaReader } from './media-reader.ts'
import type { MediaEntry } from './media-steps.ts'

/** One of the ways to draw a kind. */
export interface MediaLook {
  readonly value: string
  readonly text: string
}

export interface DrawProps<C> {
  readonly content: C
  /** What it is and of which run and step. */
  readonly label: string
  readonly look: string
  /** Of the run. */
  readonly color: string
  readonly hidden: ReadonlySet<string>
  /** The entries of the run up to the chosen step. */
  history(): readonly MediaEntry[]
  address(entry: MediaEntry): MediaAddress
  readonly reader: MediaReader
  onToggle(name: string): void
  onProblem(reason: string): void
}

interface Drawn<C> {
  /** What it is called in a sentence. */
  readonly words: string
  /** The ways to draw it, the usual one first; none where there is but one. */
  readonly looks: readonly MediaLook[]
  draw(props: DrawProps<C>): JSX.Element
}

/** The file that was logged. */
export interface MediaFile {
  readonly file: Blob
  readonly extension: string
}

export type Row = readonly (string | number)[]

/** A file by itself, which leaves as it was logged. */
interface FileView<C> extends Drawn<C> {
  readonly form: 'file'
  file(content: C): MediaFile
}

/** Numbers or cells, which leave as rows too; a drawing as a picture besides. */
interface RowsView<C> extends Drawn<C> {
  readonly form: 'rows' | 'drawing'
  rows(content: C): readonly Row[]
}

/** All that the app does with a kind. Methods, so that the view of any kind is one of all contents. */
export type MediaView<C> = FileView<C> | RowsView<C>
