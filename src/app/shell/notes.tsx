import { createSignal, ErrorBoundary, Show, Suspense, type JSX } from 'solid-js'
import { Button } from '../../widgets/button.tsx'
import type { KeepText } from '../../widgets/create-draft.ts'
import { TextEdit } from '../../widgets/text-edit.tsx'
import { TitledSection } from '../../widgets/titled-section.tsx'
import { lazyView } from './lazy-view.ts'
import './notes.css'

const Markdown = lazyView(async () => (await import('./markdown.tsx')).Markdown)

/** Longer notes are shown as plain text: laying them out would hold up the page. Unit: UTF-16 code units. */
const MAX_MARKDOWN = 100_000

interface NotesProps {
  readonly notes: string
  readonly readOnly: boolean
  /** Begins an editing of what was there `before`; all of it can be undone at once. */
  begin(before: string): KeepText
}

/** What somebody wrote of a run or a model, in Markdown, kept as it is typed. */
export function Notes(props: NotesProps) {
  const [isEditing, setEditing] = createSignal(false)
  return (
    <Show when={!props.readOnly || props.notes !== ''}>
      <TitledSection title="Notes">
        <Show
          when={isEditing() || (props.notes === '' && !props.readOnly)}
          fallback={
            <>
              <Written text={props.notes} />
              <Show when={!props.readOnly}>
                <Button look="quiet" class="notes-edit" onClick={() => setEditing(true)}>
                  Edit the notes
                </Button>
              </Show>
            </>
          }
        >
          <TextEdit
            label="Notes"
            value={props.notes}
            placeholder="What was tried, what came out. Markdown."
            begin={(before) => {
              setEditing(true)
              return props.begin(before)
            }}
            onDone={isEditing() ? () => setEditing(false) : undefined}
          />
        </Show>
      </TitledSection>
    </Show>
  )
}

function Written(props: { readonly text: string }) {
  const plain = (): JSX.Element => <p class="notes-plain">{props.text}</p>
  return (
    <Show when={props.text.length <= MAX_MARKDOWN} fallback={plain()}>
      <ErrorBoundary fallback={plain()}>
        <Suspense>
          <Markdown text={props.text} />
        </Suspense>
      </ErrorBoundary>
    </Show>
  )
}
