import { Show, Suspense } from 'solid-js'
import type { TextContent } from '../../model/media-content/text-content.ts'
import { lazyView } from '../shell/lazy-view.ts'
import { TextView } from '../../widgets/media/text-view.tsx'
import './text-media.css'

const Markdown = lazyView(async () => (await import('../shell/markdown.tsx')).Markdown)

/** Longer ones are shown as plain text: laying them out would hold up the page. Unit: UTF-16 code units. */
const MAX_MARKDOWN = 100_000

/** A text, laid out where it is Markdown. */
export function TextMedia(props: { readonly content: TextContent; readonly label: string }) {
  const markdown = (): string | null => {
    const { format, text } = props.content
    return format === 'markdown' && text.length <= MAX_MARKDOWN ? text : null
  }
  return (
    <Show when={markdown()} fallback={<TextView text={props.content.text} label={props.label} />}>
      {(text) => (
        <div class="text-media-markdown" tabindex={0} role="region" aria-label={props.label}>
          <Suspense>
            <Markdown text={text()} />
          </Suspense>
        </div>
      )}
    </Show>
  )
}
