import { makeApi, type CallName } from '../../protocol/calls.ts'
import type { TrackerApi } from '../../protocol/tracker-api.ts'
import type { TrackerEvent } from '../../protocol/tracker-event.ts'
import type { Tracker } from './tracker.ts'

export interface FakeTracker extends Tracker {
  /** Announces something to all who listen. */
  emit(event: TrackerEvent): void
  /** What was asked for by now, in order. */
  readonly asked: readonly (readonly [name: CallName, argument: unknown])[]
  /** How many listen. */
  listeners(): number
}

/** A tracker that answers as it is told to, and announces what a test says. */
export function fakeTracker(answers: Partial<TrackerApi> = {}): FakeTracker {
  const listening = new Set<(event: TrackerEvent) => void>()
  const asked: [CallName, unknown][] = []
  return {
    api: makeApi((name, argument) => {
      asked.push([name, argument])
      const answer: unknown = answers[name] ?? notAnswered(name)
      return (answer as (argument: unknown) => Promise<never>)(argument)
    }),
    asked,
    failure: () => null,
    onEvent(listener) {
      listening.add(listener)
      return () => listening.delete(listener)
    },
    emit(event) {
      for (const listener of listening) listener(event)
    },
    listeners: () => listening.size,
    commit: notAnswered('commit'),
    owner: () => 'reached',
    onOwner: () => () => undefined,
    takeOver: () => undefined,
  }
}

function notAnswered(name: string): () => Promise<never> {
  return () => Promise.reject(new Error(`The test answers no ${name}.`))
}
