import Check from 'lucide-solid/icons/check'
import Plus from 'lucide-solid/icons/plus'
import { createMemo, createSignal, For, Show } from 'solid-js'
import type { Direction } from '../../model/experiment.ts'
import { RUN_FIELD_NAMES } from '../../model/run-fields.ts'
import { AGGREGATES, TABLE_AGGREGATES, type MetricAggregate } from '../../model/aggregates.ts'
import type { RunKey } from '../../protocol/run-query.ts'
import { bestAggregate } from '../workspace/metric-direction.ts'
import { columnId, NAME_COLUMN, type ColumnId } from '../workspace/table-columns.ts'
import { Button } from '../../widgets/button.tsx'
import { Dialog, DialogFoot } from '../../widgets/dialog.tsx'
import { formatCount } from '../../widgets/number-format.ts'
import { columnWords } from './column-words.ts'
import { useTable } from './table-context.ts'
import './column-picker.css'

/** More at once is searched, not read. */
const MAX_SHOWN = 200

const METRIC_CHOICES: readonly (MetricAggregate | 'curve')[] = [...TABLE_AGGREGATES, 'curve']

/** What may be a column: a name, and the columns it can be shown as. */
interface Choice {
  readonly title: string
  readonly detail: string
  readonly options: readonly { readonly id: ColumnId; readonly text: string }[]
}

interface Section {
  readonly title: string
  readonly choices: readonly Choice[]
}

/** Says which columns the table has. */
export function ColumnPicker(props: { onClose(): void }) {
  const { arrangement, keys, directionOf } = useTable()
  const [asked, setAsked] = createSignal('')
  const sections = createMemo(() => sectionsOf(keys(), directionOf))
  const found = createMemo(() => {
    const words = asked().toLowerCase().split(/\s+/).filter(Boolean)
    let room = MAX_SHOWN
    return sections().flatMap(({ title, choices }) => {
      const fits = choices.filter((choice) => {
        const text = `${title} ${choice.title}`.toLowerCase()
        return words.every((word) => text.includes(word))
      })
      const shown = fits.slice(0, room)
      room -= shown.length
      return fits.length === 0 ? [] : [{ title, choices: shown, more: fits.length - shown.length }]
    })
  })
  const isShown = (id: ColumnId): boolean => arrangement.columns().includes(id)
  let list: HTMLDivElement | undefined

  function toggle(id: ColumnId): void {
    if (isShown(id)) arrangement.hide(id)
    else arrangement.show(id)
  }

  /** Arrow keys go from one choice to the next, and to the search over the first. */
  function keysPressed(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const rows = [...(list?.querySelectorAll('.column-picker-choice') ?? [])]
    const at = rows.findIndex((row) => row.contains(document.activeElement))
    const to = at + (event.key === 'ArrowDown' ? 1 : -1)
    const target = to < 0 ? undefined : rows[Math.min(to, rows.length - 1)]
    const control = target?.querySelector<HTMLElement>('button')
    if (control === null || control === undefined) search?.focus()
    else control.focus()
  }
  let search: HTMLInputElement | undefined

  return (
    <Dialog title="Columns" onClose={props.onClose}>
      <div onKeyDown={keysPressed}>
        <input
          ref={(element) => (search = element)}
          class="column-picker-search"
          type="search"
          aria-label="Search columns"
          placeholder="Search columns"
          autocomplete="off"
          spellcheck={false}
          autofocus
          value={asked()}
          onInput={(event) => setAsked(event.currentTarget.value)}
        />
        <div class="column-picker-list" ref={(element) => (list = element)} tabindex={-1}>
          <For each={found()} fallback={<p class="column-picker-none">Nothing here is called that.</p>}>
            {(section) => (
              <section aria-label={section.title}>
                <h3 class="column-picker-title">{section.title}</h3>
                <For each={section.choices}>
                  {(choice) => <ChoiceRow choice={choice} isShown={isShown} onToggle={toggle} />}
                </For>
                <Show when={section.more > 0}>
                  <p class="column-picker-none">{formatCount(section.more)} more: search for them.</p>
                </Show>
              </section>
            )}
          </For>
        </div>
        <DialogFoot>
          <Button look="quiet" onClick={arrangement.reset}>
            Reset columns
          </Button>
          <Button look="primary" onClick={() => props.onClose()}>
            Done
          </Button>
        </DialogFoot>
      </div>
    </Dialog>
  )
}

interface ChoiceRowProps {
  readonly choice: Choice
  isShown(id: ColumnId): boolean
  onToggle(id: ColumnId): void
}

function ChoiceRow(props: ChoiceRowProps) {
  return (
    <div class="column-picker-choice" role="group" aria-label={props.choice.title}>
      <span class="column-picker-name" dir="auto" title={props.choice.title}>
        {props.choice.title}
      </span>
      <span class="column-picker-detail">{props.choice.detail}</span>
      <span class="column-picker-options">
        <For each={props.choice.options}>
          {({ id, text }) => (
            <button
              type="button"
              class="column-picker-option"
              aria-pressed={props.isShown(id)}
              aria-label={text === '' ? `Show ${props.choice.title}` : `Show ${props.choice.title}, ${text}`}
              onClick={() => props.onToggle(id)}
            >
              <Show when={text === ''} fallback={text}>
                <Show when={props.isShown(id)} fallback={<Plus size={14} />}>
                  <Check size={14} />
                </Show>
              </Show>
            </button>
          )}
        </For>
      </span>
    </div>
  )
}

function sectionsOf(keys: readonly RunKey[], directionOf: (metric: string) => Direction): readonly Section[] {
  const plain = (from: 'param' | 'tag' | 'summary'): readonly Choice[] =>
    keys
      .filter((key) => key.from === from)
      .map(({ key, runs }) => ({
        title: key,
        detail: `in ${formatCount(runs)}`,
        options: [{ id: columnId({ from, key }), text: '' }],
      }))
  const fields = RUN_FIELD_NAMES.map((field) => columnId({ from: 'run', field })).filter(
    (id) => id !== NAME_COLUMN,
  )
  return [
    {
      title: 'Run',
      choices: fields.map((id) => ({
        title: columnWords(id).title,
        detail: '',
        options: [{ id, text: '' }],
      })),
    },
    { title: 'Params', choices: plain('param') },
    {
      title: 'Metrics',
      choices: keys
        .filter(({ from }) => from === 'metric')
        .map(({ key, runs }) => ({
          title: key,
          detail: `in ${formatCount(runs)}`,
          options: likelyFirst(directionOf(key)).map((choice) => ({
            id:
              choice === 'curve'
                ? columnId({ from: 'curve', key })
                : columnId({ from: 'metric', key, aggregate: choice }),
            text: choice === 'curve' ? choice : AGGREGATES[choice].words,
          })),
        })),
    },
    { title: 'Tags', choices: plain('tag') },
    { title: 'Summary', choices: plain('summary') },
  ]
}

/** The aggregate a metric is judged by, then the others. */
function likelyFirst(direction: Direction): readonly (MetricAggregate | 'curve')[] {
  const likely = bestAggregate(direction)
  return [likely, ...METRIC_CHOICES.filter((choice) => choice !== likely)]
}
