import Link from 'lucide-solid/icons/link'
import { createMemo, createSignal, createUniqueId, For, Show, type JSX } from 'solid-js'
import type { ExperimentId, RunId } from '../../model/units.ts'
import type { Artifact } from '../../model/artifact.ts'
import { roomOf } from '../artifacts/artifact-room.ts'
import { createArtifacts } from '../artifacts/create-artifacts.ts'
import { createJob } from '../tracker/create-job.ts'
import { useTracker } from '../tracker/tracker.ts'
import { EXPORT_FORMAT_NAMES, EXPORT_FORMATS, type ExportFormat } from '../../protocol/export-formats.ts'
import { isOpenFormat } from '../../protocol/open-formats.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { ExportedFile } from '../../protocol/files-api.ts'
import { Button } from '../../widgets/button.tsx'
import { formatBytes, formatPlural } from '../../widgets/number-format.ts'
import { copyText } from '../shell/copy-text.ts'
import { useToasts } from '../shell/create-toasts.ts'
import { downloadFile } from '../shell/download.ts'
import { JobDialog, type JobWords } from '../shell/job-dialog.tsx'
import { progressWords } from '../shell/progress-words.ts'
import { EXPORT_WORDS } from './export-words.ts'
import { createExportSize } from './create-export-size.ts'
import './export-dialog.css'

/** Some runs of the experiment the user may want alone. */
export interface ExportChoice {
  readonly text: string
  readonly runIds: readonly RunId[]
}

interface ExportDialogProps {
  readonly database: DatabaseId
  readonly experiments: readonly {
    readonly id: ExperimentId
    readonly name: string
    readonly runCount: number
  }[]
  readonly experimentId: ExperimentId
  /** Besides all runs; empty when there is nothing else to choose. */
  readonly choices: readonly ExportChoice[]
  /** Which of them is chosen at first; all runs when left out. */
  readonly chosen?: number
  /** How much was arranged in the experiment, where that is known. */
  readonly arrangement?: () => { readonly views: number; readonly alerts: number }
  onClose(): void
}

const WORDS: JobWords = {
  label: 'Export',
  stop: 'Cancel',
  progress: (progress) => (progress === null ? 'Reading the experiment' : progressWords(progress)),
}

/** Leaves with an experiment as one file. */
export function ExportDialog(props: ExportDialogProps) {
  const tracker = useTracker()
  const toasts = useToasts()
  const job = createJob<ExportedFile>(tracker)
  const [experimentId, setExperimentId] = createSignal(props.experimentId)
  const [format, setFormat] = createSignal<ExportFormat>('db')
  const [withArtifacts, setWithArtifacts] = createSignal(true)
  const [choice, setChoice] = createSignal(props.chosen ?? -1)
  const experiment = createMemo(() => props.experiments.find((row) => row.id === experimentId()))
  const choices = (): readonly ExportChoice[] => (experimentId() === props.experimentId ? props.choices : [])
  const runIds = (): readonly RunId[] | null => choices()[choice()]?.runIds ?? null
  const { list } = createArtifacts(tracker, () => ({
    database: props.database,
    experimentId: experimentId(),
    runId: null,
  }))
  /** Those the chosen runs made; what was deleted stays here. */
  const artifacts = createMemo(() => {
    const ids = runIds()
    return (list()?.artifacts ?? []).filter(
      ({ runId, removedAt, erasedAt }) =>
        removedAt === null && erasedAt === null && (ids === null || ids.includes(runId)),
    )
  })

  const size = createExportSize(tracker, () => ({
    database: props.database,
    experimentId: experimentId(),
    runIds: runIds(),
    runCount: experiment()?.runCount,
    format: format(),
    artifactBytes: withArtifacts() ? bytesOf(artifacts()) : 0,
  }))

  /** Whether what was arranged goes along; nothing where nothing was. */
  const saved = createMemo(() => {
    const { views, alerts } = props.arrangement?.() ?? { views: 0, alerts: 0 }
    const parts = [
      ...(views > 0 ? [formatPlural(views, 'saved view')] : []),
      ...(alerts > 0 ? [formatPlural(alerts, 'alert')] : []),
    ]
    if (parts.length === 0 || experimentId() !== props.experimentId) return null
    const words = parts.join(' and ')
    return EXPORT_FORMATS[format()].takesViews
      ? `With ${words}.`
      : `Without ${words}, which this format has no place for.`
  })

  const copyLink = (): Promise<void> =>
    copyText(toasts, location.href, 'The link was copied.', 'The link is the address of this page.')

  async function start(): Promise<void> {
    const outcome = await job.start((jobId) =>
      tracker.api.exportFile({
        jobId,
        database: props.database,
        experimentId: experimentId(),
        runIds: runIds(),
        format: format(),
        artifacts: withArtifacts(),
      }),
    )
    if (outcome.ok) downloadFile(outcome.value.file, outcome.value.fileName)
  }

  return (
    <JobDialog
      title={`Share ${experiment()?.name ?? ''}`}
      job={job}
      words={WORDS}
      onClose={() => props.onClose()}
      done={(exported) => (
        <p role="status">
          {exported().fileName} is in your downloads: {formatPlural(exported().runs, 'run')},{' '}
          {formatPlural(exported().points, 'point')}, {formatBytes(exported().file.size)}.{' '}
          {isOpenFormat(format())
            ? 'Send it to anyone: dropped on Kymo in another browser it opens as it is here.'
            : 'Kymo does not open it again; share a file of another format for that.'}
        </p>
      )}
      more={(exported) => (
        <Button look="quiet" onClick={() => downloadFile(exported().file, exported().fileName)}>
          Download again
        </Button>
      )}
      actions={
        <>
          <Button look="quiet" onClick={() => props.onClose()}>
            Close
          </Button>
          <Button look="primary" onClick={() => void start()} disabled={size().runs === 0}>
            Download
          </Button>
        </>
      }
    >
      <Show when={props.experiments.length > 1}>
        <label class="export-dialog-experiment">
          <span>Experiment</span>
          <select
            class="export-dialog-select"
            onChange={(event) => {
              setChoice(-1)
              setExperimentId(event.currentTarget.value)
            }}
          >
            <For each={props.experiments}>
              {(row) => (
                <option value={row.id} selected={row.id === experimentId()}>
                  {row.name}
                </option>
              )}
            </For>
          </select>
        </label>
      </Show>
      <Options legend="Format">
        <For each={EXPORT_FORMAT_NAMES}>
          {(option) => (
            <Option
              name="format"
              title={EXPORT_WORDS[option].title}
              text={EXPORT_WORDS[option].words}
              checked={format() === option}
              onCheck={() => setFormat(option)}
            />
          )}
        </For>
      </Options>
      <Show when={choices().length > 0}>
        <Options legend="Runs">
          <Option name="runs" title="All runs" checked={choice() === -1} onCheck={() => setChoice(-1)} />
          <For each={choices()}>
            {(some, index) => (
              <Option
                name="runs"
                title={some.text}
                checked={choice() === index()}
                onCheck={() => setChoice(index())}
              />
            )}
          </For>
        </Options>
      </Show>
      <Show when={format() === 'db' && artifacts().length > 0}>
        <label class="export-dialog-option">
          <input
            type="checkbox"
            checked={withArtifacts()}
            onChange={(event) => setWithArtifacts(event.currentTarget.checked)}
          />
          <span>
            Artifacts
            <span class="export-dialog-option-text">
              {formatPlural(artifacts().length, 'version')}, {formatBytes(bytesOf(artifacts()))} of the file.
              Without them it has that much less.
            </span>
          </span>
        </label>
      </Show>
      <p class="export-dialog-size">
        {formatPlural(size().runs, 'run')}, {formatPlural(size().points, 'point')}, every one of them
        {EXPORT_FORMATS[format()].takesArtifacts ? ', and what they logged besides' : ''}:{' '}
        {size().isWhole ? 'about' : 'more than'} {formatBytes(size().bytes)}.
        <Show when={saved()}>{(words) => <> {words()}</>}</Show>
      </p>
      <p class="export-dialog-link">
        <Button look="quiet" class="export-dialog-copy" onClick={() => void copyLink()}>
          <Link size={14} />
          Copy a link to this view
        </Button>
        <span>It opens what is shown now, in this browser, where the runs are.</span>
      </p>
    </JobDialog>
  )
}

/** Each content once, as it is in the file. Unit: bytes. */
function bytesOf(artifacts: readonly Artifact[]): number {
  return roomOf(artifacts, new Set(artifacts.map(({ id }) => id)))
}

function Options(props: { readonly legend: string; readonly children: JSX.Element }) {
  return (
    <fieldset class="export-dialog-options">
      <legend>{props.legend}</legend>
      {props.children}
    </fieldset>
  )
}

interface OptionProps {
  readonly name: string
  readonly title: string
  readonly text?: string
  readonly checked: boolean
  onCheck(): void
}

function Option(props: OptionProps) {
  const id = createUniqueId()
  return (
    <label class="export-dialog-option" for={id}>
      <input
        id={id}
        type="radio"
        name={props.name}
        checked={props.checked}
        onChange={() => props.onCheck()}
      />
      <span>
        {props.title}
        <Show when={props.text}>
          <span class="export-dialog-option-text">{props.text}</span>
        </Show>
      </span>
    </label>
  )
}
