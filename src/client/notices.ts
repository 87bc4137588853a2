import { letExit } from '../model/event-loop.ts'
import type { TrackerEvent } from '../protocol/tracker-event.ts'
import { NOTICE_CHANNEL } from '../protocol/version.ts'

/**
 * Calls back for every announcement of the tracker; returns how to stop.
 *
 * Where BroadcastChannel does not exist nothing is ever announced.
 */
export function onTrackerEvent(listener: (event: TrackerEvent) => void): () => void {
  if (typeof BroadcastChannel === 'undefined') return () => {}
  const channel = new BroadcastChannel(NOTICE_CHANNEL)
  // Node would wait for its end.
  letExit(channel)
  channel.addEventListener('message', (message: MessageEvent<unknown>) => {
    if (isTrackerEvent(message.data)) listener(message.data)
  })
  return () => channel.close()
}

/** Anything on the origin may write to the channel, an older page of ours too: what is not an event is ignored. */
export function isTrackerEvent(value: unknown): value is TrackerEvent {
  if (typeof value !== 'object' || value === null) return false
  const event: Partial<Record<string, unknown>> = { ...value }
  switch (event['type']) {
    case 'seriesGrew':
    case 'runsChanged':
      return typeof event['database'] === 'string' && isTexts(event['runIds'])
    case 'arrangementChanged':
      return typeof event['database'] === 'string' && isTexts(event['experimentIds'])
    case 'filesChanged':
    case 'storageChanged':
      return true
    case 'takeoverAsked':
      return typeof event['workerId'] === 'string'
    case 'jobProgressed':
      return (
        typeof event['jobId'] === 'string' &&
        Number.isFinite(event['done']) &&
        Number.isFinite(event['total']) &&
        (event['unit'] === 'points' || event['unit'] === 'bytes' || event['unit'] === 'runs')
      )
    default:
      return false
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}
