import { createMemo, Match, Show, Switch } from 'solid-js'
import type { ImageContent } from '../../model/media-content/image-content.ts'
import type { SoundContent } from '../../model/media-content/sound-content.ts'
import type { TableColumnContent, TableContent } from '../../model/media-content/table-content.ts'
import { cellText, isFileType } from '../../model/media-content/table-rows.ts'
import { formatExact, formatValue } from '../number-format.ts'
import { createObjectUrl } from './object-url.ts'

interface TableCellViewProps {
  readonly content: TableContent
  readonly column: TableColumnContent
  readonly index: number
  readonly row: number
}

/** A cell as its column's type is written; a file as a thumbnail. */
export function TableCellView(props: TableCellViewProps) {
  const cell = (): unknown => props.column.cells[props.row]
  const words = (format: (value: number) => string): string => {
    const value = cell()
    return typeof value === 'number' ? format(value) : cellText(value)
  }
  return (
    <div
      class="table-grid-view-cell"
      classList={{ 'is-number': props.column.type === 'number', 'is-missing': cell() === null }}
      role="cell"
      dir="auto"
      title={isFileType(props.column.type) ? undefined : words(formatExact)}
    >
      <Show
        when={isFileType(props.column.type) && cell() !== null}
        fallback={cell() === null ? 'none' : words(formatValue)}
      >
        <FileCell {...props} />
      </Show>
    </div>
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
  const label = (): string => `${props.column.name}, row ${props.row + 1}`
  return (
    <Switch fallback={<span class="table-grid-view-lost">cannot be shown</span>}>
      <Match when={image()}>
        {(found) => <Thumbnail file={found()} label={found().caption || label()} />}
      </Match>
      <Match when={sound('audio')}>
        {(found) => <audio controls preload="none" src={urlOf(found)()} aria-label={label()} />}
      </Match>
      <Match when={sound('video')}>
        {(found) => (
          <video controls preload="metadata" playsinline src={urlOf(found)()} aria-label={label()} />
        )}
      </Match>
    </Switch>
  )
}

function Thumbnail(props: { readonly file: ImageContent; readonly label: string }) {
  const url = urlOf(() => props.file)
  const isSmall = (): boolean => Math.max(props.file.width, props.file.height) <= 48
  return <img src={url()} alt={props.label} loading="lazy" classList={{ 'is-pixelated': isSmall() }} />
}

function urlOf(file: () => ImageContent | SoundContent) {
  return createObjectUrl(() => ({ bytes: file().file, type: file().mime }))
}
