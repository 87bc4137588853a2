import Download from 'lucide-solid/icons/download'
import EllipsisVertical from 'lucide-solid/icons/ellipsis-vertical'
import { createEffect, createMemo, createSignal, ErrorBoundary, on, Show } from 'solid-js'
import type { MediaNote } from '../../model/media.ts'
import type { MediaContent } from '../../model/media-content/media-content.ts'
import { createShownMedia } from './create-shown-media.ts'
import type { RunRow } from '../experiment/create-runs.ts'
import { useToasts } from '../shell/create-toasts.ts'
import type { MediaReader, ReadMedia } from './media-reader.ts'
import type { MediaEntry, ShownEntry } from './media-steps.ts'
import { IconButton } from '../../widgets/icon-button.tsx'
import { Menu } from '../../widgets/menu.tsx'
import { formatBytes, formatCount, formatStep } from '../../widgets/number-format.ts'
import { RunDot } from '../../widgets/run-dot.tsx'
import { viewOf } from './kinds.tsx'
import { downloadMedia, exportsOf, saveCsv, type MediaExport } from './media-file.ts'
import type { MediaFile, Row } from './media-kind.ts'
import { MediaViewer } from './media-viewer.tsx'
import './media-run.css'

interface MediaRunProps {
  readonly mediaKey: string
  readonly run: RunRow
  readonly reader: MediaReader
  /** By step; undefined until they were read. */
  readonly entries: readonly MediaEntry[] | undefined
  readonly shown: ShownEntry | undefined
  /** The one that was chosen. */
  readonly step: number
  readonly look: string
  readonly hidden: ReadonlySet<string>
  onToggle(name: string): void
}

/** What one run has at the chosen step, or the nearest before it. */
export function MediaRun(props: MediaRunProps) {
  const toasts = useToasts()
  const address = createMemo(() => {
    const entry = props.shown?.entry
    return entry === undefined ? undefined : { key: props.mediaKey, entry }
  })
  const read = createShownMedia(props.reader, address)
  const found = createMemo((): ReadMedia | null => {
    const answer = read()?.read
    return answer?.ok === true ? answer.value : null
  })
  const content = createMemo((): MediaContent | null => {
    const parsed = found()?.content
    return parsed?.ok === true ? parsed.value : null
  })
  /** The ways to save it besides. */
  const exports = createMemo((): readonly MediaExport[] => {
    const shown = content()
    if (shown === null) return []
    const asLogged = { text: 'Save as logged', save: saveLogged }
    return [...exportsOf(shown, viewOf(shown.kind)), ...(rows() === null ? [] : [asLogged])]
  })
  /** What a table leaves as: its own bytes are for nobody to read. */
  const rows = (): (() => readonly Row[]) | null => {
    const shown = content()
    const view = shown === null ? null : viewOf(shown.kind)
    return shown !== null && view?.form === 'rows' ? () => view.rows(shown) : null
  }
  const logged = (): MediaFile | null => {
    const shown = content()
    const view = shown === null ? null : viewOf(shown.kind)
    return shown !== null && view?.form === 'file' ? view.file(shown) : null
  }
  /** What only the browser finds out: bytes it cannot decode. */
  const [drawProblem, setDrawProblem] = createSignal<string | null>(null)
  createEffect(on(content, () => setDrawProblem(null), { defer: true }))
  const problem = createMemo(() => {
    const answer = read()?.read
    if (answer === undefined) return null
    if (!answer.ok) return answer.error
    const parsed = answer.value.content
    const reason = parsed.ok ? drawProblem() : parsed.error
    return reason === null ? null : cannotBeShown(answer.value.note, reason)
  })
  const [isMenuOpen, setMenuOpen] = createSignal(false)
  let more: HTMLButtonElement | undefined
  let body: HTMLDivElement | undefined
  const label = (): string =>
    `${props.mediaKey} of ${props.run.label}, step ${formatStep(props.shown?.entry.step ?? 0)}`

  async function saveLogged(): Promise<string | null> {
    const asked = address()
    return asked === undefined ? null : downloadMedia(props.reader, asked, found(), logged())
  }

  async function download(): Promise<void> {
    const asRows = rows()
    if (asRows !== null) return saveCsv(asRows(), label())
    const failure = await saveLogged()
    if (failure !== null) toasts.complain(failure)
  }

  return (
    <div class="media-run" role="group" aria-label={props.run.label}>
      <header class="media-run-head">
        <RunDot color={props.run.style.color} stroke={props.run.style.stroke} />
        <bdi class="media-run-name" title={props.run.label}>
          {props.run.label}
        </bdi>
        <Show when={props.shown}>
          {(shown) => (
            <>
              <span class="media-run-step" classList={{ 'is-earlier': shown().entry.step !== props.step }}>
                step {formatStep(shown().entry.step)}
                <Show when={shown().count > 1}>
                  , {shown().index + 1} of {formatCount(shown().count)}
                </Show>
              </span>
              <IconButton
                class="media-run-more"
                label={`Download ${label()}${rows() === null ? `, ${formatBytes(shown().entry.bytes)}` : ' as CSV'}`}
                onClick={() => void download()}
              >
                <Download size={13} />
              </IconButton>
              <Show when={exports().length > 0}>
                <IconButton
                  class="media-run-more"
                  label={`Save ${label()} as …`}
                  aria-haspopup="menu"
                  aria-expanded={isMenuOpen()}
                  ref={(element: HTMLButtonElement) => (more = element)}
                  onClick={() => setMenuOpen(true)}
                >
                  <EllipsisVertical size={14} />
                </IconButton>
              </Show>
            </>
          )}
        </Show>
      </header>
      <div class="media-run-body" ref={(element) => (body = element)}>
        <Show when={props.entries !== undefined && props.shown === undefined}>
          <p class="media-run-note">Nothing up to step {formatStep(props.step)}.</p>
        </Show>
        <Show when={problem()}>{(words) => <p class="media-run-note">{words()}</p>}</Show>
        <Show when={problem() === null && props.shown !== undefined ? content() : null}>
          {(shown) => (
            <ErrorBoundary
              fallback={(_, tryAgain) => {
                createEffect(on(shown, tryAgain, { defer: true }))
                return (
                  <p class="media-run-note">{cannotBeShown(found()?.note ?? null, 'drawing it failed')}</p>
                )
              }}
            >
              <MediaViewer
                content={shown()}
                label={label()}
                look={props.look}
                color={props.run.style.color}
                hidden={props.hidden}
                history={() => (props.entries ?? []).filter(({ step }) => step <= props.step)}
                address={(entry) => ({ key: props.mediaKey, entry })}
                reader={props.reader}
                onToggle={props.onToggle}
                onProblem={setDrawProblem}
              />
            </ErrorBoundary>
          )}
        </Show>
      </div>
      <Show when={isMenuOpen() && more}>
        {(anchor) => (
          <Menu
            label={`Save ${label()}`}
            anchor={anchor()}
            entries={exports().map(({ text, save }) => ({
              text,
              run: () => {
                void save(body, label()).then((failure) => failure !== null && toasts.complain(failure))
              },
            }))}
            onClose={() => setMenuOpen(false)}
          />
        )}
      </Show>
    </div>
  )
}

/** Why something cannot be shown, as a sentence. */
function cannotBeShown(note: MediaNote | null, reason: string): string {
  return `This ${note === null ? 'array' : viewOf(note.kind).words} cannot be shown: ${reason}.`
}
