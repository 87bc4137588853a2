import { createSignal, createUniqueId, For, Show } from 'solid-js'
import { isAlertRule, type AlertRule } from '../../model/alert.ts'
import { Button } from '../../widgets/button.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { CONDITION_TEXTS, unknownWords } from './alert-words.ts'
import { FieldRow } from '../../widgets/field-row.tsx'
import './alert-form.css'

interface AlertFormProps {
  /** What is changed; null for a new one. */
  readonly rule: AlertRule | null
  onSave(rule: AlertRule): void
  onClose(): void
}

type Type = AlertRule['condition']['type']

const TYPES = Object.keys(CONDITION_TEXTS) as readonly Type[]

/** What a fresh condition of each kind begins with. */
const FIRST_NUMBERS: Readonly<Record<Type, string>> = {
  'not-finite': '',
  above: '',
  below: '',
  plateau: '50',
  divergence: '2',
}

/** One rule: which metric, when it speaks, and whether the run stops then. */
export function AlertForm(props: AlertFormProps) {
  const { arrangement, series } = useExperiment()
  const keysId = createUniqueId()
  const [metric, setMetric] = createSignal('')
  const [type, setType] = createSignal<Type>('not-finite')
  const [number, setNumber] = createSignal('')
  const [delta, setDelta] = createSignal('0')
  const [stops, setStops] = createSignal(false)
  const [direction, setDirection] = createSignal<'min' | 'max' | null>(null)

  function show({ metric, condition, stops }: AlertRule): void {
    setMetric(metric)
    setType(condition.type)
    setStops(stops)
    if ('limit' in condition) setNumber(String(condition.limit))
    if ('points' in condition) setNumber(String(condition.points))
    if ('factor' in condition) setNumber(String(condition.factor))
    if ('delta' in condition) setDelta(String(condition.delta))
    if ('direction' in condition) setDirection(condition.direction)
  }
  if (props.rule !== null) show(props.rule)

  /** As the user said here, else as is known of the metric, else as of a loss. */
  const improves = (): 'min' | 'max' =>
    direction() ?? (arrangement.directionOf(metric().trim()) === 'max' ? 'max' : 'min')
  const isDirected = (): boolean => type() === 'plateau' || type() === 'divergence'

  function rule(): AlertRule | null {
    const value = number().trim() === '' ? Number.NaN : Number(number())
    const condition = {
      'not-finite': { type: 'not-finite' },
      above: { type: 'above', limit: value },
      below: { type: 'below', limit: value },
      plateau: { type: 'plateau', points: value, delta: Number(delta()), direction: improves() },
      divergence: { type: 'divergence', factor: value, direction: improves() },
    }[type()]
    const made: unknown = { metric: metric().trim(), condition, stops: stops() }
    return isAlertRule(made) ? made : null
  }

  /** Why the numbers make no rule; empty while nothing is wrong, or nothing was typed yet. */
  function problem(): string {
    if (number().trim() === '' || metric().trim() === '' || rule() !== null) return ''
    if (type() === 'plateau') return 'Give a whole number of points, and a number to improve by.'
    return type() === 'divergence' ? 'Give a number greater than 1.' : 'Give a number.'
  }

  return (
    <form
      class="alert-form"
      aria-label={props.rule === null ? 'New alert' : 'Edit the alert'}
      onSubmit={(event) => {
        event.preventDefault()
        const made = rule()
        if (made !== null) props.onSave(made)
      }}
    >
      <FieldRow label="Metric">
        <input
          type="text"
          list={keysId}
          autocomplete="off"
          spellcheck={false}
          maxlength={200}
          autofocus
          value={metric()}
          onInput={(event) => setMetric(event.currentTarget.value)}
        />
        <datalist id={keysId}>
          <For each={series.keys()}>{(key) => <option value={key} />}</For>
        </datalist>
      </FieldRow>
      <Show when={metric().trim() !== '' && unknownWords(metric().trim(), series.keys())}>
        {(words) => <p class="alert-form-words">{words()}</p>}
      </Show>
      <FieldRow label="When it">
        <select
          onChange={(event) => {
            const next = event.currentTarget.value as Type
            setType(next)
            setNumber(FIRST_NUMBERS[next])
          }}
        >
          <For each={TYPES}>
            {(each) => (
              <option value={each} selected={each === type()}>
                {CONDITION_TEXTS[each]}
              </option>
            )}
          </For>
        </select>
      </FieldRow>
      <Show when={type() !== 'not-finite'}>
        <FieldRow
          label={
            { plateau: 'Points', divergence: 'Factor', above: 'Limit', below: 'Limit', 'not-finite': '' }[
              type()
            ]
          }
        >
          <input
            type="text"
            inputmode="decimal"
            autocomplete="off"
            value={number()}
            onInput={(event) => setNumber(event.currentTarget.value)}
          />
        </FieldRow>
      </Show>
      <Show when={type() === 'plateau'}>
        <FieldRow label="By more than">
          <input
            type="text"
            inputmode="decimal"
            autocomplete="off"
            value={delta()}
            onInput={(event) => setDelta(event.currentTarget.value)}
          />
        </FieldRow>
      </Show>
      <Show when={isDirected()}>
        <FieldRow label="Better is">
          <select onChange={(event) => setDirection(event.currentTarget.value === 'max' ? 'max' : 'min')}>
            <option value="min" selected={improves() === 'min'}>
              less
            </option>
            <option value="max" selected={improves() === 'max'}>
              more
            </option>
          </select>
        </FieldRow>
      </Show>
      <label class="alert-form-check">
        <input
          type="checkbox"
          checked={stops()}
          onChange={(event) => setStops(event.currentTarget.checked)}
        />
        Stop the run, where its loop has a checkpoint barrier
      </label>
      <p class="alert-form-words" role="status">
        {problem()}
      </p>
      <div class="alert-form-foot">
        <Button look="quiet" onClick={() => props.onClose()}>
          Cancel
        </Button>
        <Button type="submit" look="primary" disabled={rule() === null}>
          {props.rule === null ? 'Add the alert' : 'Keep changes'}
        </Button>
      </div>
    </form>
  )
}
