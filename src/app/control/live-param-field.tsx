import { createEffect, createSignal, createUniqueId, Show } from 'solid-js'
import './live-param-field.css'

interface LiveParamFieldProps {
  readonly name: string
  readonly value: number
  readonly disabled: boolean
  onSet(value: number): void
}

/** A number the training goes on with: Enter applies it, Esc takes back. */
export function LiveParamField(props: LiveParamFieldProps) {
  const [draft, setDraft] = createSignal<string | null>(null)
  const number = (): number => (draft()?.trim() === '' ? Number.NaN : Number(draft() ?? props.value))
  const isWrong = (): boolean => !Number.isFinite(number())
  const problemId = createUniqueId()
  createEffect(() => props.disabled && setDraft(null))

  function keys(event: KeyboardEvent & { readonly currentTarget: HTMLInputElement }): void {
    if (event.key === 'Enter' && !isWrong()) {
      if (number() !== props.value) props.onSet(number())
      setDraft(null)
      event.currentTarget.select()
    }
    if (event.key === 'Escape' && draft() !== null) {
      event.stopPropagation()
      setDraft(null)
    }
  }

  return (
    <label class="live-param-field">
      <span class="live-param-field-name" title={props.name}>
        {props.name}
      </span>
      <input
        class="live-param-field-value"
        inputmode="decimal"
        autocomplete="off"
        spellcheck={false}
        disabled={props.disabled}
        value={draft() ?? String(props.value)}
        aria-invalid={isWrong()}
        aria-describedby={draft() === null ? undefined : problemId}
        onInput={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={keys}
      />
      <Show when={draft() !== null}>
        <span class="live-param-field-hint" id={problemId}>
          {isWrong() ? 'not a number' : 'Enter applies it'}
        </span>
      </Show>
    </label>
  )
}
