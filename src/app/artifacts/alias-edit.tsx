import X from 'lucide-solid/icons/x'
import { createSignal, For, onCleanup, Show } from 'solid-js'
import { LATEST, type Artifact } from '../../model/artifact.ts'
import { Button } from '../../widgets/button.tsx'
import { IconButton } from '../../widgets/icon-button.tsx'
import { aliasReason } from './alias-words.ts'
import { useArtifacts } from './artifact-context.ts'
import './alias-edit.css'

/** Longer ones no list shows. Unit: UTF-16 code units. */
const MAX_ALIAS = 100

/** The aliases of a version: each can be taken away, and one given that another version may have now. */
export function AliasEdit(props: { readonly artifact: Artifact }) {
  const { edits, readOnly, nameOf } = useArtifacts()
  const [written, setWritten] = createSignal('')
  /** The version it is written for, whatever is shown when it is added. */
  let about = props.artifact
  const problem = (): string | null => whyNoAlias(written().trim(), props.artifact)

  function add(): void {
    const alias = written().trim()
    if (alias === '' || whyNoAlias(alias, about) !== null) return
    setWritten('')
    void edits.addAlias(about, alias)
  }

  // What was written counts wherever one goes from here, and can be undone.
  function leave({ currentTarget, relatedTarget }: FocusEvent): void {
    const isInside =
      currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget)
    if (!isInside) add()
  }
  onCleanup(add)

  return (
    <div>
      <ul class="alias-edit-list">
        <For each={props.artifact.heldAliases}>
          {(held) => (
            <li class="alias-edit-chip">
              <span class="alias-edit-name" title={held.alias}>
                {held.alias}
              </span>
              <Show when={held.value !== null || held.runId !== null}>
                <span class="alias-edit-reason" title={aliasReason(held, nameOf)}>
                  {aliasReason(held, nameOf)}
                </span>
              </Show>
              <Show when={!readOnly}>
                <IconButton
                  label={`Take the alias ${held.alias} away`}
                  onClick={() => edits.takeAlias(props.artifact, held)}
                >
                  <X size={12} />
                </IconButton>
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={!readOnly}>
        <form
          class="alias-edit-form"
          onFocusOut={leave}
          onSubmit={(event) => {
            event.preventDefault()
            add()
          }}
        >
          <input
            class="alias-edit-input"
            aria-label={`New alias of ${props.artifact.name} v${props.artifact.version}`}
            placeholder="New alias"
            autocomplete="off"
            spellcheck={false}
            maxlength={MAX_ALIAS}
            value={written()}
            onInput={(event) => {
              about = props.artifact
              setWritten(event.currentTarget.value)
            }}
          />
          <Button type="submit" disabled={written().trim() === '' || problem() !== null}>
            Add
          </Button>
        </form>
        <Show when={problem()}>
          {(words) => (
            <p class="alias-edit-problem" role="alert">
              {words()}
            </p>
          )}
        </Show>
      </Show>
    </div>
  )
}

/** `model:v3` is the third version and `model:latest` the newest, whatever anybody calls them. */
function whyNoAlias(alias: string, { heldAliases }: Artifact): string | null {
  if (alias === LATEST) return 'latest is always the newest version; nothing else can be called so.'
  if (/^v\d+$/.test(alias)) return 'v and a number is a version; an alias has another name.'
  if (alias.includes(':')) return 'A reference is name:alias, so an alias has no colon.'
  if (heldAliases.some((held) => held.alias === alias && held.value === null && held.runId === null))
    return 'It has this alias.'
  return null
}
