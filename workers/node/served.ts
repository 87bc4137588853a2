import { err } from '../../src/model/result.ts'
import { trackerError } from '../../src/protocol/tracker-error.ts'
import type { Ingested } from '../../src/client/outbox.ts'

/** Modules that render a page on a server, by how their paths are written. Source: the packages themselves. */
const RENDERERS =
  /[\\/](?:react-dom[\\/].*server|next[\\/]dist|@vue[\\/]server-renderer|nuxt|solid-js[\\/]web[\\/]dist[\\/]server|solid-start|@solidjs[\\/]start|svelte[\\/].*server|@sveltejs[\\/]kit|@remix-run|@react-router|astro[\\/]dist|preact-render-to-string|vite[\\/]dist[\\/]node)[\\/.]?/

/** Looked through for who renders. */
const STACK_FRAMES = 100

/** A page that is rendered on a server trains nothing: what it logs there is refused, with the reason. null for a training. */
export function whyServed(): (() => Ingested) | null {
  if (!isServed()) return null
  return () =>
    err(
      trackerError(
        'no-store',
        'Kymo keeps nothing of a page that is rendered on a server. Start the run where it trains: in the browser (an effect, a click), or in a script that Node runs.',
      ),
    )
}

function isServed(): boolean {
  if (process.env['NEXT_RUNTIME'] !== undefined) return true
  const before = Error.stackTraceLimit
  Error.stackTraceLimit = STACK_FRAMES
  const { stack = '' } = new Error()
  Error.stackTraceLimit = before
  return RENDERERS.test(stack)
}
