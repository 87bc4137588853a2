import { render } from 'solid-js/web'
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/base.css'
import { createToasts } from './app/shell/create-toasts.ts'
import { openTracker, TrackerContext } from './app/tracker/tracker.ts'
import { App } from './app/frame/app.tsx'

const root = document.querySelector('#app')
if (root === null) throw new Error('index.html has no #app')

const toasts = createToasts()

/** Bugs and engine failures end here; what a user can act on never comes this far. */
function reportBug(reason: unknown): void {
  const message = reason instanceof Error ? reason.message : String(reason)
  toasts.complain(`Something in Kymo broke: ${message}. What was logged is kept. Reload the page to go on.`)
}
addEventListener('error', (event) => {
  if (!/ResizeObserver loop/.test(event.message)) reportBug(event.error ?? event.message)
})
addEventListener('unhandledrejection', (event) => reportBug(event.reason))

/** Where the host of the page asks for Trusted Types it may not, until that is allowed. */
function maySetMarkup(): boolean {
  try {
    document.createElement('i').innerHTML = ''
    return true
  } catch {
    return false
  }
}

function start(into: Element): void {
  const tracker = openTracker()
  render(
    () => (
      <TrackerContext.Provider value={tracker}>
        <App toasts={toasts} />
      </TrackerContext.Provider>
    ),
    into,
  )
}

async function startOrSayWhyNot(into: Element): Promise<void> {
  const whyBlank = (await import('./app/frame/trusted-types.ts')).allowTemplates()
  if (whyBlank === null) start(into)
  else into.textContent = whyBlank
}

if (maySetMarkup()) start(root)
else void startOrSayWhyNot(root)
