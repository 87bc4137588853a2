import { parseAlertRaised, type AlertRaised } from '../protocol/alert-raised.ts'
import { NOTICE_CHANNEL } from '../protocol/version.ts'

/** Calls back for every alert that is raised; returns how to stop. Apart from other notices, which every page hears. */
export function onAlertRaised(listener: (alert: AlertRaised) => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => {}
  const channel = new BroadcastChannel(NOTICE_CHANNEL)
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const alert = parseAlertRaised(data)
    if (alert !== null) listener(alert)
  })
  return () => channel.close()
}
