import { letExit } from '../model/event-loop.ts'
import { CONTROL_CHANNEL, parseControlMessage, type ControlMessage } from '../protocol/control.ts'

/** A place at the table where trainings are asked and answer. */
export interface ControlChannel {
  /** Heard by all others, those of this page too. */
  post(message: ControlMessage): void
  close(): void
}

export type OpenControlChannel = (onMessage: (message: ControlMessage) => void) => ControlChannel

const SILENCE: ControlChannel = { post: () => {}, close: () => {} }

/** Where BroadcastChannel does not exist or is refused nobody is ever heard. */
export const openControlChannel: OpenControlChannel = (onMessage) => {
  const channel = openBroadcast()
  if (channel === null) return SILENCE
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const message = parseControlMessage(data)
    if (message !== null) onMessage(message)
  })
  return {
    post: (message) => channel.postMessage(message),
    close: () => channel.close(),
  }
}

function openBroadcast(): BroadcastChannel | null {
  try {
    const channel = new BroadcastChannel(CONTROL_CHANNEL)
    letExit(channel)
    return channel
  } catch {
    return null
  }
}
