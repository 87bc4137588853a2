import { describe, expect, it } from 'vitest'
import { hasFallen, LONGEST_EPISODE, pushCart, startCartPole, type CartPole, type Push } from './cart-pole.ts'
import { createRandom } from '../model/seeded-random.ts'

/** The statements of Gymnasium's `CartPoleEnv.step`, in its words, as a second opinion. */
function gymnasiumStep([x, x_dot, theta, theta_dot]: readonly number[], action: Push): readonly number[] {
  const [gravity, masscart, masspole, length, force_mag, tau] = [9.8, 1.0, 0.1, 0.5, 10.0, 0.02] as const
  const total_mass = masspole + masscart
  const polemass_length = masspole * length
  const force = action === 1 ? force_mag : -force_mag
  const [px = 0, pv = 0, pt = 0, pw = 0] = [x, x_dot, theta, theta_dot]
  const costheta = Math.cos(pt)
  const sintheta = Math.sin(pt)
  const temp = (force + polemass_length * pw ** 2 * sintheta) / total_mass
  const thetaacc =
    (gravity * sintheta - costheta * temp) / (length * (4.0 / 3.0 - (masspole * costheta ** 2) / total_mass))
  const xacc = temp - (polemass_length * thetaacc * costheta) / total_mass
  return [px + tau * pv, pv + tau * xacc, pt + tau * pw, pw + tau * thetaacc]
}

const toList = ({ x, velocity, angle, spin }: CartPole) => [x, velocity, angle, spin]

describe('the cart and its pole', () => {
  it('moves as it does from rest by hand', () => {
    // temp = 10 / 1.1; thetaacc = −temp / (0.5 · (4/3 − 0.1/1.1)) = −14.634…; xacc = temp + 0.05 · 14.634… / 1.1
    const pushed = pushCart({ x: 0, velocity: 0, angle: 0, spin: 0 }, 1)
    expect(pushed.x).toBe(0)
    expect(pushed.angle).toBe(0)
    expect(pushed.velocity).toBeCloseTo(0.1951219512, 9)
    expect(pushed.spin).toBeCloseTo(-0.2926829268, 9)
  })

  it('follows the equations of Gymnasium along a whole episode', () => {
    const random = createRandom(3)
    let state = startCartPole(random)
    let reference: readonly number[] = toList(state)
    for (let step = 0; step < 200; step += 1) {
      const push: Push = random() < 0.5 ? 0 : 1
      state = pushCart(state, push)
      reference = gymnasiumStep(reference, push)
      for (const [index, value] of toList(state).entries())
        expect(value).toBeCloseTo(reference[index] ?? 0, 9)
    }
  })

  it('falls beyond 12 degrees or 2.4 metres', () => {
    const upright = { x: 0, velocity: 0, angle: 0, spin: 0 }
    expect(hasFallen(upright)).toBe(false)
    expect(hasFallen({ ...upright, angle: 0.2094 })).toBe(false)
    expect(hasFallen({ ...upright, angle: -0.2095 })).toBe(true)
    expect(hasFallen({ ...upright, x: 2.41 })).toBe(true)
  })

  it('starts near the middle, upright, and falls when pushed to one side only', () => {
    const random = createRandom(1)
    for (let episode = 0; episode < 50; episode += 1) {
      let state = startCartPole(random)
      expect(Math.max(...toList(state).map(Math.abs))).toBeLessThanOrEqual(0.05)
      let steps = 0
      while (!hasFallen(state) && steps < LONGEST_EPISODE) {
        state = pushCart(state, 1)
        steps += 1
      }
      expect(steps).toBeGreaterThanOrEqual(7)
      expect(steps).toBeLessThanOrEqual(12)
    }
  })
})
