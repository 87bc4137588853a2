import { createRoot } from 'solid-js'
import { expect, it, vi } from 'vitest'
import type { Demo } from '../../demo/demos.ts'
import { ok } from '../../model/result.ts'
import { onlyWith } from '../../parts.fixture.ts'
import { createToasts } from '../shell/create-toasts.ts'
import { createTrainings } from './create-trainings.ts'

const training = vi.hoisted(() => ({ end: () => {} }))
vi.mock('../../demo/start-demo.ts', () => ({
  startDemo: () => ({
    stop() {},
    done: new Promise((resolve) => {
      training.end = () => resolve(ok(undefined))
    }),
  }),
}))

/** Whether the browser would ask before the page is left. */
function asks(): boolean {
  const leaving = new Event('beforeunload', { cancelable: true })
  dispatchEvent(leaving)
  return leaving.defaultPrevented
}

it('asks before a page is left in which a training runs, and only then', async () => {
  const trainings = createRoot(() => createTrainings(createToasts(), () => undefined))
  expect(asks()).toBe(false)
  trainings.start(onlyWith<Demo>({ id: 'iris', title: 'Iris' }))
  await vi.waitFor(() => expect(asks()).toBe(true))
  await vi.waitFor(() => {
    training.end()
    expect(trainings.running()).toEqual([])
  })
  expect(asks()).toBe(false)
})
