import { render } from 'solid-js/web'
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/base.css'
import { createToasts } from './app/shell/create-toasts.ts'
import { openTracker, TrackerContext } from './app/tracker/tracker.ts'
import { App } from './app/frame/app.tsx'
import { allowTemplates } from './app/frame/trusted-types.ts'

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

const whyBlank = allowTemplates()
if (whyBlank !== null) root.textContent = whyBlank
else {
  const tracker = openTracker()
  render(
    () => (
      <TrackerContext.Provider value={tracker}>
        <App toasts={toasts} />
      </TrackerContext.Provider>
    ),
    root,
  )
}
