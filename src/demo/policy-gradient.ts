import * as tf from '@tensorflow/tfjs'
import type { Push } from './cart-pole.ts'

export const OBSERVATION_WIDTH = 4
const PUSHES = 2

/** What one episode showed. Shape: `observations` holds a row of 4 for each entry of `pushes` and `returns`. */
export interface Episode {
  readonly observations: readonly number[]
  readonly pushes: readonly Push[]
  /** The discounted sum of rewards from each moment on. */
  readonly returns: readonly number[]
}

export interface Losses {
  readonly policy_loss: tf.Scalar
  readonly value_loss: tf.Scalar
  readonly entropy: tf.Scalar
}

export interface PolicyParams {
  readonly hidden_units: number
  readonly learning_rate: number
  readonly value_learning_rate: number
  readonly entropy_bonus: number
  readonly seed: number
}

/** REINFORCE with a learned baseline. Source: R. Williams, Simple statistical gradient-following algorithms, 1992. */
export interface PolicyGradient {
  /** How likely a push to the right is. */
  pushRightChance(observation: readonly number[]): number
  /** Learns from episodes. Owner: the caller disposes the losses. */
  learn(episodes: readonly Episode[]): Losses
  /** Both networks learn at this rate from now on. */
  setLearningRate(rate: number): void
  dispose(): void
}

export function createPolicyGradient(params: PolicyParams): PolicyGradient {
  const policy = createNetwork(params.hidden_units, PUSHES, params.seed)
  const baseline = createNetwork(params.hidden_units, 1, params.seed + 10)
  const policyOptimizer = tf.train.adam(params.learning_rate)
  const valueOptimizer = tf.train.adam(params.value_learning_rate)

  function policyLoss(
    observations: tf.Tensor2D,
    pushes: tf.Tensor2D,
    advantages: tf.Tensor1D,
  ): { loss: tf.Scalar; entropy: tf.Scalar } {
    const logChances = tf.logSoftmax(run(policy, observations))
    const entropy = tf
      .sum(tf.mul(tf.exp(logChances), logChances), 1)
      .neg()
      .mean()
      .asScalar()
    const chosen = tf.sum(tf.mul(logChances, pushes), 1)
    const loss = tf.mul(chosen, advantages).mean().neg().sub(entropy.mul(params.entropy_bonus)).asScalar()
    return { loss, entropy }
  }

  return {
    pushRightChance(observation) {
      return tf.tidy(() => {
        const chances = tf.softmax(run(policy, tf.tensor2d([...observation], [1, OBSERVATION_WIDTH])))
        return chances.dataSync()[1] ?? 0
      })
    },
    learn(episodes) {
      return tf.tidy(() => {
        const count = episodes.reduce((sum, episode) => sum + episode.pushes.length, 0)
        const observations = tf.tensor2d(
          episodes.flatMap((episode) => episode.observations),
          [count, OBSERVATION_WIDTH],
        )
        const returns = tf.tensor1d(episodes.flatMap((episode) => episode.returns))
        const taken = tf.tensor1d(
          episodes.flatMap((episode) => episode.pushes),
          'int32',
        )
        const pushes = tf.oneHot(taken, PUSHES).toFloat().as2D(count, PUSHES)
        const advantages = normalize(returns.sub(run(baseline, observations).as1D()))
        const { entropy } = policyLoss(observations, pushes, advantages)
        const policyCost = policyOptimizer.minimize(
          () => policyLoss(observations, pushes, advantages).loss,
          true,
        )
        const valueCost = valueOptimizer.minimize(
          () => run(baseline, observations).as1D().sub(returns).square().mean().asScalar(),
          true,
        )
        return {
          policy_loss: policyCost ?? tf.scalar(Number.NaN),
          value_loss: valueCost ?? tf.scalar(Number.NaN),
          entropy,
        }
      })
    },
    setLearningRate(rate) {
      // Adam keeps it to itself, and reads it with every step.
      for (const optimizer of [policyOptimizer, valueOptimizer]) Reflect.set(optimizer, 'learningRate', rate)
    },
    dispose() {
      policy.dispose()
      baseline.dispose()
      policyOptimizer.dispose()
      valueOptimizer.dispose()
    },
  }
}

/** The discounted sum of rewards of 1 from each of `count` moments on. */
export function discountedReturns(count: number, discount: number): number[] {
  const returns: number[] = []
  let ahead = 0
  for (let moment = 0; moment < count; moment += 1) {
    ahead = 1 + discount * ahead
    returns.push(ahead)
  }
  return returns.toReversed()
}

function createNetwork(hiddenUnits: number, outputs: number, seed: number): tf.Sequential {
  const kernel = (layer: number) => ({
    kernelInitializer: tf.initializers.glorotNormal({ seed: seed + layer }),
  })
  return tf.sequential({
    layers: [
      tf.layers.dense({
        inputShape: [OBSERVATION_WIDTH],
        units: hiddenUnits,
        activation: 'tanh',
        ...kernel(1),
      }),
      tf.layers.dense({ units: outputs, ...kernel(2) }),
    ],
  })
}

function run(network: tf.Sequential, observations: tf.Tensor2D): tf.Tensor {
  const output = network.apply(observations)
  if (output instanceof tf.Tensor) return output
  throw new TypeError('A network of one output answered with something else.')
}

function normalize(values: tf.Tensor): tf.Tensor1D {
  const { mean, variance } = tf.moments(values)
  return values.sub(mean).div(variance.sqrt().add(1e-8)).as1D()
}
