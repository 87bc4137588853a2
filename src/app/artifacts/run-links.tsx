import { createSignal, For, Match, Show, Switch } from 'solid-js'
import type { RunId } from '../../model/units.ts'
import { Button } from '../../widgets/button.tsx'
import { formatCount } from '../../widgets/number-format.ts'
import { useArtifacts } from './artifact-context.ts'
import './run-links.css'

/** Runs shown at a time: any number may use one artifact. */
const PAGE_RUNS = 20

/** Runs by name, each a link to its page. */
export function RunLinks(props: { readonly runIds: readonly RunId[] }) {
  const [limit, setLimit] = createSignal(PAGE_RUNS)
  return (
    <>
      <ul class="run-links">
        <For each={props.runIds.slice(0, limit())}>
          {(runId) => (
            <li>
              <RunLink runId={runId} />
            </li>
          )}
        </For>
      </ul>
      <Show when={props.runIds.length > limit()}>
        <Button look="quiet" onClick={() => setLimit(limit() + PAGE_RUNS)}>
          {formatCount(props.runIds.length - limit())} more
        </Button>
      </Show>
    </>
  )
}

export function RunLink(props: { readonly runId: RunId }) {
  const { cards, runLink } = useArtifacts()
  const card = () => cards.card(props.runId)
  return (
    <Switch fallback={<span class="run-links-gone">…</span>}>
      <Match when={card()}>
        {(known) => (
          <a
            class="run-links-link"
            href={runLink(props.runId)}
            title={`${known().name}, ${known().experimentName}`}
          >
            {known().name}
          </a>
        )}
      </Match>
      <Match when={card() === null}>
        <span class="run-links-gone">a run that was deleted</span>
      </Match>
    </Switch>
  )
}
