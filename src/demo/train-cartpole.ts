import * as tf from '@tensorflow/tfjs'
import type { Run } from '../client/run.ts'
import { captureEnvironment, logScalars, nextTask } from '../integrations/tfjs.ts'
import {
  hasFallen,
  LONGEST_EPISODE,
  pushCart,
  SOLVED_EPISODES,
  SOLVED_RETURN,
  startCartPole,
  type Push,
} from './cart-pole.ts'
import { drawEpisode, FILM_FPS } from './cart-pole-film.ts'
import { video } from '../media/index.ts'
import { useCpu } from './classifier.ts'
import {
  createPolicyGradient,
  discountedReturns,
  type Episode,
  type PolicyGradient,
} from './policy-gradient.ts'
import { createRandom, type Random } from '../model/seeded-random.ts'
import { trackRun, type TrainingContext } from './training.ts'

const PARAMS = {
  algorithm: 'reinforce with baseline',
  hidden_units: 32,
  learning_rate: 0.003,
  value_learning_rate: 0.01,
  entropy_bonus: 0.01,
  discount: 0.99,
  episodes_per_update: 4,
  max_episodes: 3_000,
}

/** Episodes from one film to the next. */
const FILM_EVERY = 250

/** A policy gradient in a loop of its own, without `fit`: every episode logs its return, every update its losses. */
export async function trainCartPole(context: TrainingContext): Promise<void> {
  await useCpu()
  const seed = Date.now() % 100_000
  const options = {
    experiment: 'cartpole',
    params: { ...PARAMS, seed },
    environment: captureEnvironment(tf),
  }
  const learner = createPolicyGradient({ ...PARAMS, seed })
  await trackRun(context, options, (run) =>
    balance(run, learner, createRandom(seed), context.signal),
  ).finally(() => learner.dispose())
}

async function balance(
  run: Run,
  learner: PolicyGradient,
  random: Random,
  signal: AbortSignal,
): Promise<void> {
  const lengths: number[] = []
  let unlearned: Episode[] = []
  let isSolved = false
  let learningRate = PARAMS.learning_rate
  while (lengths.length < PARAMS.max_episodes && !signal.aborted) {
    const episode = playEpisode(learner, random)
    lengths.push(episode.pushes.length)
    const step = lengths.length
    const recent = lengths.slice(-SOLVED_EPISODES)
    const meanReturn = recent.reduce((sum, length) => sum + length, 0) / recent.length
    // Every push that keeps the pole up earns 1.
    run.log({ 'episode/return': episode.pushes.length, 'episode/mean_return': meanReturn }, { step })
    if (step % FILM_EVERY === 1) film(run, episode, step)
    unlearned.push(episode)
    if (unlearned.length === PARAMS.episodes_per_update) {
      const losses = learner.learn(unlearned)
      await logScalars(
        run,
        {
          'train/policy_loss': losses.policy_loss,
          'train/value_loss': losses.value_loss,
          'train/entropy': losses.entropy,
        },
        { step },
      )
      tf.dispose([losses.policy_loss, losses.value_loss, losses.entropy])
      unlearned = []
    }
    // What was learned may be lost again: it goes on, so that one sees whether it lasts.
    if (!isSolved && recent.length === SOLVED_EPISODES && meanReturn >= SOLVED_RETURN) {
      isSolved = true
      run.setTag('solved', `after ${step} episodes`)
      film(run, episode, step)
    }
    // Where a dashboard may pause it, stop it, and set how fast it learns.
    const barrier = await run.checkpointBarrier({ params: { learning_rate: learningRate } })
    if (barrier.stop) return run.setTag('stopped_by', 'user')
    if (barrier.params.learning_rate !== learningRate) {
      learningRate = barrier.params.learning_rate
      learner.setLearningRate(learningRate)
    }
    await nextTask()
  }
}

/** A replay of the episode, so that one sees what the return means. */
function film(run: Run, episode: Episode, step: number): void {
  const frames = drawEpisode(episode)
  if (frames !== null) run.log({ 'episode/replay': video([...frames], { fps: FILM_FPS }) }, { step })
}

function playEpisode(learner: PolicyGradient, random: Random): Episode {
  const observations: number[] = []
  const pushes: Push[] = []
  let state = startCartPole(random)
  while (pushes.length < LONGEST_EPISODE && !hasFallen(state)) {
    const observation = [state.x, state.velocity, state.angle, state.spin]
    const push: Push = random() < learner.pushRightChance(observation) ? 1 : 0
    observations.push(...observation)
    pushes.push(push)
    state = pushCart(state, push)
  }
  return { observations, pushes, returns: discountedReturns(pushes.length, PARAMS.discount) }
}
