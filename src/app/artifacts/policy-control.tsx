import { createMemo, createSignal, Show } from 'solid-js'
import type { Artifact } from '../../model/artifact.ts'
import { beyondPolicy, roomOf } from './artifact-room.ts'
import { Button } from '../../widgets/button.tsx'
import { formatBytes, formatCount, formatPlural } from '../../widgets/number-format.ts'
import { Popover } from '../../widgets/popover.tsx'
import { Segmented } from '../../widgets/segmented.tsx'
import { useArtifacts } from './artifact-context.ts'
import './policy-control.css'

const CHOICES = [
  { value: 'all', text: 'Keep all' },
  { value: 'newest', text: 'Keep the newest' },
] as const

const DEFAULT_KEEP = 3
const MAX_KEEP = 10_000

interface PolicyControlProps {
  readonly name: string
  readonly experimentId: string
}

/** How many versions of a name are kept, and what that gives up, before it is applied. */
export function PolicyControl(props: PolicyControlProps) {
  const { list, readOnly } = useArtifacts()
  const [anchor, setAnchor] = createSignal<HTMLElement | null>(null)
  const keep = createMemo(() => list()?.policies.find(({ name }) => name === props.name)?.keep ?? null)
  const words = (): string => {
    const newest = keep()
    return newest === null ? 'Keeps all' : `Keeps the newest ${formatCount(newest)}`
  }
  return (
    <Show when={!readOnly} fallback={<span class="policy-control-kept">{words()}</span>}>
      <Button
        look="quiet"
        aria-haspopup="dialog"
        aria-label={`${words()}: which versions of ${props.name} are kept`}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {words()}
      </Button>
      <Show when={anchor()}>
        {(element) => (
          <Popover
            label={`Which versions of ${props.name} are kept`}
            anchor={element()}
            onClose={() => setAnchor(null)}
          >
            <PolicyForm {...props} keep={keep()} onClose={() => setAnchor(null)} />
          </Popover>
        )}
      </Show>
    </Show>
  )
}

function PolicyForm(props: PolicyControlProps & { readonly keep: number | null; onClose(): void }) {
  const { all, edits, registrations, askToErase } = useArtifacts()
  const [choice, setChoice] = createSignal<(typeof CHOICES)[number]['value']>(
    props.keep === null ? 'all' : 'newest',
  )
  const [count, setCount] = createSignal(props.keep ?? DEFAULT_KEEP)
  const wanted = (): number | null => (choice() === 'all' ? null : count())
  const beyond = createMemo((): readonly Artifact[] => {
    const keep = wanted()
    const versions = all().filter(
      ({ name, experimentId }) => name === props.name && experimentId === props.experimentId,
    )
    return keep === null ? [] : beyondPolicy(versions, keep, (id) => registrations(id).length > 0)
  })
  const room = createMemo(() => roomOf(all(), new Set(beyond().map(({ id }) => id))))

  function apply(): void {
    if (wanted() !== props.keep) edits.setPolicy(props.experimentId, props.name, wanted(), props.keep)
  }

  return (
    <form
      class="policy-control-form"
      onSubmit={(event) => {
        event.preventDefault()
        apply()
        props.onClose()
      }}
    >
      <Segmented
        label="Versions kept"
        showLabel={false}
        options={CHOICES}
        value={choice()}
        onChange={setChoice}
      />
      <Show when={choice() === 'newest'}>
        <label class="policy-control-count">
          How many
          <input
            type="number"
            min={1}
            max={MAX_KEEP}
            step={1}
            value={count()}
            onInput={(event) => {
              const { valueAsNumber } = event.currentTarget
              if (valueAsNumber >= 1) setCount(Math.min(MAX_KEEP, Math.floor(valueAsNumber)))
            }}
          />
        </label>
        <p class="policy-control-words">
          And all that have an alias or are registered.{' '}
          {beyond().length === 0
            ? 'Nothing that is there is given up.'
            : `${formatPlural(beyond().length, 'version')} with ${formatBytes(room())} will be given up when the next one is stored.`}
        </p>
      </Show>
      <div class="policy-control-foot">
        <Show when={beyond().length > 0}>
          <Button
            look="danger"
            onClick={() => {
              apply()
              askToErase(beyond())
              props.onClose()
            }}
          >
            Apply and give them up now
          </Button>
        </Show>
        <Button look="primary" type="submit" disabled={wanted() === props.keep}>
          Apply
        </Button>
      </div>
    </form>
  )
}
