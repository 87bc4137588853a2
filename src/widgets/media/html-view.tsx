import { createEffect, createSignal, on } from 'solid-js'
import type { HtmlContent } from '../../model/media-content/html-content.ts'
import { Button } from '../button.tsx'
import './html-view.css'

interface HtmlViewProps {
  readonly content: HtmlContent
  readonly label: string
}

/** Loads nothing, runs nothing and cannot reach this page; it is no part of the script of this page, which it lies beside. */
const FRAME_URL = 'html-view.html'

/** A stranger's page in a frame of its own, without scripts until they are allowed, without a network always. */
export function HtmlView(props: HtmlViewProps) {
  const [scripts, setScripts] = createSignal(false)
  let frame: HTMLIFrameElement | undefined
  let isLoaded = false

  function send(): void {
    if (!isLoaded) return
    // The frame has no origin that could be named; what is sent was its own.
    frame?.contentWindow?.postMessage({ html: props.content.html, scripts: scripts() }, '*')
  }
  createEffect(
    on(
      () => props.content,
      () => setScripts(false),
      { defer: true },
    ),
  )
  createEffect(on([() => props.content, scripts], send))

  return (
    <div class="html-view">
      <iframe
        ref={(element) => (frame = element)}
        sandbox="allow-scripts"
        src={new URL(FRAME_URL, document.baseURI).href}
        title={props.content.title || props.label}
        referrerpolicy="no-referrer"
        onLoad={() => {
          isLoaded = true
          send()
        }}
      />
      <div class="html-view-bar">
        <span>{scripts() ? 'Its scripts run, without a network.' : 'Its scripts do not run.'}</span>
        <Button look="quiet" onClick={() => setScripts(!scripts())}>
          {scripts() ? 'Stop its scripts' : 'Allow scripts for this view'}
        </Button>
      </div>
    </div>
  )
}
