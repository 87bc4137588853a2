import { createMemo, createSignal, Show } from 'solid-js'
import type { Artifact, ArtifactPolicy } from '../../model/artifact.ts'
import { beyondPolicy, keptOfRuns, roomOf } from './artifact-room.ts'
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
  const { all, list, readOnly } = useArtifacts()
  const [anchor, setAnchor] = createSignal<HTMLElement | null>(null)
  const said = createMemo(() => (list()?.policies ?? []).filter(({ name }) => name === props.name))
  const isOne = ({ name, experimentId }: Artifact): boolean =>
    name === props.name && experimentId === props.experimentId
  const words = createMemo(() => keptWords(keptOfRuns(all().filter(isOne), said())))
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
            <PolicyForm {...props} said={said()} onClose={() => setAnchor(null)} />
          </Popover>
        )}
      </Show>
    </Show>
  )
}

interface PolicyFormProps extends PolicyControlProps {
  readonly said: readonly ArtifactPolicy[]
  onClose(): void
}

function PolicyForm(props: PolicyFormProps) {
  const { all, edits, isHeld, askToErase } = useArtifacts()
  const versions = createMemo(() =>
    all().filter(({ name, experimentId }) => name === props.name && experimentId === props.experimentId),
  )
  const kept = (): readonly (number | null)[] => keptOfRuns(versions(), props.said)
  const before = kept()[0] ?? null
  const [choice, setChoice] = createSignal<(typeof CHOICES)[number]['value']>(
    before === null ? 'all' : 'newest',
  )
  const [count, setCount] = createSignal(before ?? DEFAULT_KEEP)
  const wanted = (): number | null => (choice() === 'all' ? null : count())
  const beyond = createMemo((): readonly Artifact[] => {
    const keep = wanted()
    return keep === null ? [] : beyondPolicy(versions(), keep, isHeld)
  })
  const room = createMemo(() => roomOf(all(), new Set(beyond().map(({ id }) => id))))

  const isSame = (): boolean => kept().length === 1 && kept()[0] === wanted()

  function apply(): void {
    if (!isSame()) edits.setPolicy(props.experimentId, props.name, wanted(), props.said)
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
          How many of each run
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
          And all that have an alias, are registered, or were used or forked from.{' '}
          {beyond().length === 0
            ? 'Nothing that is there is given up.'
            : `${formatPlural(beyond().length, 'version')} with ${formatBytes(room())} will be given up, each when its run stores the next one.`}
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
        <Button look="primary" type="submit" disabled={isSame()}>
          Apply
        </Button>
      </div>
    </form>
  )
}

/** `Keeps the newest 3 of each run`; of runs that say different things only that they do. */
function keptWords(kept: readonly (number | null)[]): string {
  const [newest = null] = kept
  if (kept.length > 1) return 'Keeps what each run says'
  return newest === null ? 'Keeps all' : `Keeps the newest ${formatCount(newest)} of each run`
}
