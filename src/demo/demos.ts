import type { Result } from '../model/result.ts'
import type { RunId } from '../model/units.ts'

export const DEMO_IDS = ['digits', 'iris', 'cartpole'] as const
export type DemoId = (typeof DEMO_IDS)[number]

/** A real training that a newcomer can start. */
export interface Demo {
  readonly id: DemoId
  readonly title: string
  readonly description: string
  /** The name of the experiment its runs appear in. */
  readonly experiment: string
}

export const DEMOS: readonly Demo[] = [
  {
    id: 'digits',
    title: 'Digits',
    description: 'A small convolutional network learns to read 1,797 handwritten digits.',
    experiment: 'digits',
  },
  {
    id: 'iris',
    title: 'Iris sweep',
    description:
      'A search over learning rate, size and activation for the network that best tells three kinds of iris apart.',
    experiment: 'iris sweep',
  },
  {
    id: 'cartpole',
    title: 'CartPole',
    description: 'A policy learns by trial and error to balance a pole on a cart.',
    experiment: 'cartpole',
  },
]

/** What a demo under way has to say. */
export interface TrainingTalk {
  /** How far it is, in words, if there is more to say than that it runs. */
  progress(words: string): void
  /** Its one run; a sweep has many, and says none. */
  began(runId: RunId): void
}

/** A demo under way in workers of its own. */
export interface Training {
  /** Ends it gracefully: what was logged is stored and the runs are finished. */
  stop(): void
  /** Resolves when it has ended, with a sentence for the user when it failed. Never rejects. */
  readonly done: Promise<Result<null, string>>
}
