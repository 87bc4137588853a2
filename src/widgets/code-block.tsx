import Check from 'lucide-solid/icons/check'
import Copy from 'lucide-solid/icons/copy'
import { createSignal, Show } from 'solid-js'
import { IconButton } from './icon-button.tsx'
import './code-block.css'

interface CodeBlockProps {
  readonly code: string
  readonly label: string
}

const COPIED_MS = 2_000

export function CodeBlock(props: CodeBlockProps) {
  const [copied, setCopied] = createSignal(false)
  let block: HTMLPreElement | undefined

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(props.code)
      setCopied(true)
      setTimeout(() => setCopied(false), COPIED_MS)
    } catch {
      // The clipboard is denied here: select the text, so that one key copies it.
      if (block !== undefined) getSelection()?.selectAllChildren(block)
    }
  }

  return (
    <div class="code-block">
      <pre ref={(element) => (block = element)} tabindex="0" role="region" aria-label={props.label}>
        <code>{props.code}</code>
      </pre>
      <IconButton label={copied() ? 'Copied' : 'Copy'} onClick={() => void copy()}>
        <Show when={copied()} fallback={<Copy size={14} />}>
          <Check size={14} />
        </Show>
      </IconButton>
    </div>
  )
}
