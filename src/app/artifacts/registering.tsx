import { createSignal, createUniqueId, For, Show } from 'solid-js'
import type { Artifact } from '../../model/artifact.ts'
import { Button } from '../../widgets/button.tsx'
import { Dialog, DialogFoot, DialogProblem } from '../../widgets/dialog.tsx'
import { useArtifacts } from './artifact-context.ts'
import './registering.css'

const MAX_MODEL_NAME = 200

/** Makes a version one of a registered model. */
export function Registering(props: { readonly artifact: Artifact }) {
  const [isAsking, setAsking] = createSignal(false)
  return (
    <>
      <Button look="quiet" onClick={() => setAsking(true)}>
        Register as a model
      </Button>
      <Show when={isAsking()}>
        <RegisterDialog artifact={props.artifact} onClose={() => setAsking(false)} />
      </Show>
    </>
  )
}

function RegisterDialog(props: { readonly artifact: Artifact; onClose(): void }) {
  const { edits, list, registrations } = useArtifacts()
  const listId = createUniqueId()
  const [name, setName] = createSignal(props.artifact.name.slice(0, MAX_MODEL_NAME))
  const isThere = (): boolean => registrations(props.artifact.id).some(({ model }) => model === name().trim())

  function register(event: SubmitEvent): void {
    event.preventDefault()
    const model = name().trim()
    if (model === '' || isThere()) return
    edits.register(props.artifact, model)
    props.onClose()
  }

  return (
    <Dialog
      title={`Register ${props.artifact.name} v${props.artifact.version}`}
      onClose={() => props.onClose()}
    >
      <form onSubmit={register}>
        <p class="registering-words">
          It becomes the next version of a model. What is registered stays when its run is deleted, and no
          policy gives it up.
        </p>
        <label class="registering-field">
          Model
          <input
            autocomplete="off"
            spellcheck={false}
            list={listId}
            maxlength={MAX_MODEL_NAME}
            value={name()}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <datalist id={listId}>
          <For each={list()?.models}>{(model) => <option value={model.name} />}</For>
        </datalist>
        <Show when={isThere()}>
          <DialogProblem message={`This version is one of ${name().trim()} already.`} />
        </Show>
        <DialogFoot>
          <Button look="quiet" onClick={() => props.onClose()}>
            Close
          </Button>
          <Button look="primary" type="submit" disabled={name().trim() === '' || isThere()}>
            Register
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
