import { onAlertRaised } from '../../client/alert-notices.ts'
import type { AlertRaised } from '../../protocol/alert-raised.ts'
import type { ToastState } from '../shell/create-toasts.ts'

interface AlertDeeds {
  heard(alert: AlertRaised): void
  show(alert: AlertRaised): void
}

/** What an alert leads to; answers how to stop listening. */
export function hearAlerts(toasts: ToastState, { heard, show }: AlertDeeds): () => void {
  return onAlertRaised((alert) => {
    heard(alert)
    const words = `${alert.runName}: ${alert.text}${alert.stops ? '. It is asked to stop' : ''}.`
    toasts.say(words, { label: 'Show run', run: () => show(alert) })
    if (document.hidden || !document.hasFocus()) notify(alert, words, () => show(alert))
  })
}

/** Shown once however many tabs hear of it: one of the same tag takes the place of the one before. */
function notify({ runId, text }: AlertRaised, body: string, onClick: () => void): void {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return
  try {
    const shown = new Notification('Kymo', { body, tag: `kymo:${runId}:${text}` })
    shown.addEventListener('click', () => {
      globalThis.focus()
      onClick()
      shown.close()
    })
  } catch {
    // Browsers of phones only let service workers notify; the toast says the same.
  }
}
