import type { Random } from '../model/seeded-random.ts'

/**
 * A pole on a cart that is pushed left or right.
 *
 * The constants, the equations and the Euler steps of CartPole-v1 as in Gymnasium.
 * Source: github.com/Farama-Foundation/Gymnasium, gymnasium/envs/classic_control/cartpole.py (MIT), after A. Barto,
 * R. Sutton and C. Anderson, Neuronlike adaptive elements that can solve difficult learning control problems, 1983.
 */
export interface CartPole {
  /** Place of the cart. Unit: metres from the middle. */
  readonly x: number
  /** Unit: metres a second. */
  readonly velocity: number
  /** Unit: radians from upright, right is positive. */
  readonly angle: number
  /** Unit: radians a second. */
  readonly spin: number
}

/** 0 pushes left, 1 right. */
export type Push = 0 | 1

const GRAVITY = 9.8
const CART_MASS = 1
const POLE_MASS = 0.1
const TOTAL_MASS = CART_MASS + POLE_MASS
const HALF_LENGTH = 0.5
const FORCE = 10
const STEP_SECONDS = 0.02

const FARTHEST = 2.4
const STEEPEST = (12 * 2 * Math.PI) / 360
const START_SPREAD = 0.05

/** An episode ends here at the latest: nothing new would be seen. */
export const LONGEST_EPISODE = 500

/** Solved when the mean return of the last `SOLVED_EPISODES` episodes is at least this. */
export const SOLVED_RETURN = 475
export const SOLVED_EPISODES = 100

export function startCartPole(random: Random): CartPole {
  const near = () => (random() * 2 - 1) * START_SPREAD
  return { x: near(), velocity: near(), angle: near(), spin: near() }
}

/** The state one fiftieth of a second later. */
export function pushCart({ x, velocity, angle, spin }: CartPole, push: Push): CartPole {
  const force = push === 1 ? FORCE : -FORCE
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const poleMoment = POLE_MASS * HALF_LENGTH
  const pull = (force + poleMoment * spin * spin * sin) / TOTAL_MASS
  const spinChange =
    (GRAVITY * sin - cos * pull) / (HALF_LENGTH * (4 / 3 - (POLE_MASS * cos * cos) / TOTAL_MASS))
  const velocityChange = pull - (poleMoment * spinChange * cos) / TOTAL_MASS
  return {
    x: x + STEP_SECONDS * velocity,
    velocity: velocity + STEP_SECONDS * velocityChange,
    angle: angle + STEP_SECONDS * spin,
    spin: spin + STEP_SECONDS * spinChange,
  }
}

/** Whether the cart has left the track or the pole has fallen. */
export function hasFallen({ x, angle }: CartPole): boolean {
  return Math.abs(x) > FARTHEST || Math.abs(angle) > STEEPEST
}
