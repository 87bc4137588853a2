import { createMemo, Match, Show, Switch } from 'solid-js'
import type { ImageContent } from '../../model/media-content/image-content.ts'
import type { SoundContent } from '../../model/media-content/sound-content.ts'
import type { TableContent } from '../../model/media-content/table-content.ts'
import { cellText, isFileType } from '../../model/media-content/table-rows.ts'
import { DataGridCell } from '../data-grid.tsx'
import { formatExact, formatValue } from '../number-format.ts'
import { createObjectUrl } from './object-url.ts'
import './table-cell-view.css'

interface TableCellViewProps {
  readonly content: TableContent
  readonly index: number
  readonly row: number
}

/** What stands in a cell that is no file. */
export function shownCell(cell: unknown): string {
  if (cell === null) return 'none'
  return typeof cell === 'number' ? formatValue(cell) : cellText(cell)
}

/** A cell as its column's type is written; a file as a thumbnail. */
export function TableCellView(props: TableCellViewProps) {
  const column = () => props.content.columns[props.index]
  const isFile = (): boolean => isFileType(column()?.type ?? '')
  const cell = (): unknown => column()?.cells[props.row]
  const exact = (): string => {
    const value = cell()
    return typeof value === 'number' ? formatExact(value) : cellText(value)
  }
  return (
    <DataGridCell
      isNumber={column()?.type === 'number'}
      isMissing={cell() === null}
      title={isFile() ? undefined : exact()}
    >
      <Show when={isFile() && cell() !== null} fallback={shownCell(cell())}>
        <FileCell {...props} />
      </Show>
    </DataGridCell>
  )
}

function FileCell(props: TableCellViewProps) {
  const file = createMemo(() => props.content.media(props.index, props.row))
  const image = (): ImageContent | null => {
    const found = file()
    return found?.kind === 'image' ? found : null
  }
  const sound = (kind: SoundContent['kind']): SoundContent | null => {
    const found = file()
    return found?.kind === kind ? found : null
  }
  const label = (): string => `${props.content.columns[props.index]?.name ?? ''}, row ${props.row + 1}`
  return (
    <Switch fallback={<span class="table-cell-view-lost">cannot be shown</span>}>
      <Match when={image()}>
        {(found) => <Thumbnail file={found()} label={found().caption || label()} />}
      </Match>
      <Match when={sound('audio')}>
        {(found) => (
          <audio
            class="table-cell-view-sound"
            controls
            preload="none"
            src={urlOf(found)()}
            aria-label={label()}
          />
        )}
      </Match>
      <Match when={sound('video')}>
        {(found) => (
          <video
            class="table-cell-view-picture"
            controls
            preload="metadata"
            playsinline
            src={urlOf(found)()}
            aria-label={label()}
          />
        )}
      </Match>
    </Switch>
  )
}

function Thumbnail(props: { readonly file: ImageContent; readonly label: string }) {
  const url = urlOf(() => props.file)
  const isSmall = (): boolean => Math.max(props.file.width, props.file.height) <= 48
  return (
    <img
      class="table-cell-view-picture"
      src={url()}
      alt={props.label}
      loading="lazy"
      classList={{ 'is-pixelated': isSmall() }}
    />
  )
}

function urlOf(file: () => ImageContent | SoundContent) {
  return createObjectUrl(() => ({ bytes: file().file, type: file().mime }))
}
