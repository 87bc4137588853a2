import { createMemo, createSignal, createUniqueId, For, Show, untrack } from 'solid-js'
import type { AlertRule } from '../../model/alert.ts'
import { Button } from '../../widgets/button.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import {
  draftProblem,
  draftToRule,
  EMPTY_DRAFT,
  FIRST_NUMBERS,
  ruleToDraft,
  type AlertDraft,
  type AlertType,
} from './alert-draft.ts'
import { useTracker } from '../tracker/tracker.ts'
import { CONDITION_TEXTS, triedWords, unknownWords } from './alert-words.ts'
import { createTriedAlert } from './create-tried-alert.ts'
import { FieldRow } from '../../widgets/field-row.tsx'
import './alert-form.css'

interface AlertFormProps {
  /** What is changed; null for a new one. */
  readonly rule: AlertRule | null
  onSave(rule: AlertRule): void
  onClose(): void
}

const TYPES = Object.keys(CONDITION_TEXTS) as readonly AlertType[]

/** One rule: which metric, when it speaks, and whether the run stops then. */
export function AlertForm(props: AlertFormProps) {
  const { arrangement, database, experimentId, ranking, series } = useExperiment()
  const keysId = createUniqueId()
  // Most rules are about what runs are ranked by.
  const fresh = { ...EMPTY_DRAFT, metric: untrack(ranking.metric) ?? '' }
  const [draft, setDraft] = createSignal(props.rule === null ? fresh : ruleToDraft(props.rule))
  const change = (part: Partial<AlertDraft>): void => void setDraft((before) => ({ ...before, ...part }))
  const metric = (): string => draft().metric.trim()
  const type = createMemo(() => draft().type)

  /** As the user said here, else as is known of the metric, else as of a loss. */
  const improves = (): 'min' | 'max' =>
    draft().direction ?? (arrangement.directionOf(metric()) === 'max' ? 'max' : 'min')
  const isDirected = (): boolean => type() === 'plateau' || type() === 'divergence'
  const rule = createMemo(() => draftToRule(draft(), improves()))
  const tried = createTriedAlert(useTracker(), { database, experimentId }, rule)

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
          value={draft().metric}
          onInput={(event) => change({ metric: event.currentTarget.value })}
        />
        <datalist id={keysId}>
          <For each={series.keys()}>{(key) => <option value={key} />}</For>
        </datalist>
      </FieldRow>
      <Show when={metric() !== '' && unknownWords(metric(), series.keys())}>
        {(words) => <p class="alert-form-words">{words()}</p>}
      </Show>
      <FieldRow label="When it">
        <select
          onChange={(event) => {
            const next = event.currentTarget.value as AlertType
            change({ type: next, number: FIRST_NUMBERS[next] })
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
            value={draft().number}
            onInput={(event) => change({ number: event.currentTarget.value })}
          />
        </FieldRow>
      </Show>
      <Show when={type() === 'plateau'}>
        <FieldRow label="By more than">
          <input
            type="text"
            inputmode="decimal"
            autocomplete="off"
            value={draft().delta}
            onInput={(event) => change({ delta: event.currentTarget.value })}
          />
        </FieldRow>
      </Show>
      <Show when={isDirected()}>
        <FieldRow label="Better is">
          <select
            onChange={(event) => change({ direction: event.currentTarget.value === 'max' ? 'max' : 'min' })}
          >
            <option value="min" selected={improves() === 'min'}>
              lower
            </option>
            <option value="max" selected={improves() === 'max'}>
              higher
            </option>
          </select>
        </FieldRow>
      </Show>
      <label class="alert-form-check">
        <input
          type="checkbox"
          checked={draft().stops}
          onChange={(event) => change({ stops: event.currentTarget.checked })}
        />
        Stop the run, where its loop has a checkpoint barrier
      </label>
      <p class="alert-form-words" role="status">
        {draftProblem(draft()) || triedWords(tried())}
      </p>
      <div class="alert-form-foot">
        <Button look="quiet" onClick={() => props.onClose()}>
          Cancel
        </Button>
        <Button type="submit" look="primary" disabled={rule() === null}>
          {props.rule === null ? 'Add the alert' : 'Change the alert'}
        </Button>
      </div>
    </form>
  )
}
