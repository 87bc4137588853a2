import { describe, expect, it } from 'vitest'
import { err, ok } from '../model/result.ts'
import type { Prepared } from '../client/media-value.ts'
import { createEncoder, type EncoderAnswer } from './encoder.ts'
import type { Order } from './jobs.ts'

/** What the job was, as bytes. */
function made(job: number): Prepared {
  return ok({ data: Uint8Array.of(job), dtype: 'uint8', shape: [1] })
}

/** A worker that hears jobs and answers when it is told to. */
function createFakeWorker() {
  const listeners = new Map<string, (event: unknown) => void>()
  const orders: Order<number>[] = []
  let isEnded = false
  const worker = {
    addEventListener: (type: string, listen: (event: unknown) => void) => listeners.set(type, listen),
    postMessage: (order: Order<number>) => orders.push(structuredClone(order)),
    terminate: () => (isEnded = true),
  }
  return {
    worker: worker as unknown as Worker,
    orders,
    say: (data: EncoderAnswer) => listeners.get('message')?.({ data }),
    break: () => listeners.get('error')?.({ preventDefault: () => {} }),
    get isEnded() {
      return isEnded
    },
  }
}

function createFixture() {
  const workers: ReturnType<typeof createFakeWorker>[] = []
  const encoder = createEncoder<number>({
    openWorker: () => {
      const fake = createFakeWorker()
      workers.push(fake)
      return fake.worker
    },
    loadHere: () => Promise.resolve((job) => Promise.resolve(job < 0 ? err('below') : made(job + 100))),
  })
  return { encoder, workers }
}

describe('an encoder', () => {
  it('starts its worker with the first job and sends when it runs', async () => {
    const { encoder, workers } = createFixture()
    expect(workers).toHaveLength(0)
    const [first, second] = [encoder.encode(1, []), encoder.encode(2, [])]
    const [fake] = workers
    expect([workers.length, fake?.orders]).toEqual([1, []])
    fake?.say('ready')
    const third = encoder.encode(3, [])
    expect(fake?.orders.map(({ job }) => job)).toEqual([1, 2, 3])
    for (const { id, job } of fake?.orders.toReversed() ?? []) fake?.say({ id, prepared: made(job) })
    expect(await Promise.all([first, second, third])).toEqual([made(1), made(2), made(3)])
  })

  it('does everything here when its worker may not start', async () => {
    const { encoder, workers } = createFixture()
    const first = encoder.encode(1, [])
    workers[0]?.break()
    expect(await Promise.all([first, encoder.encode(2, []), encoder.encode(-1, [])])).toEqual([
      made(101),
      made(102),
      err('below'),
    ])
    expect(workers).toHaveLength(1)
  })

  it('does everything here where there are no workers', async () => {
    const encoder = createEncoder<number>({
      openWorker: () => {
        throw new ReferenceError('Worker is not defined')
      },
      loadHere: () => Promise.resolve((job) => Promise.resolve(made(job))),
    })
    expect(await encoder.encode(1, [])).toEqual(made(1))
  })

  it('tells what was lost with a worker that breaks, and starts another', async () => {
    const { encoder, workers } = createFixture()
    const lost = encoder.encode(1, [])
    workers[0]?.say('ready')
    workers[0]?.break()
    expect(await lost).toEqual(err('the encoder stopped, out of memory most likely'))
    expect(workers[0]?.isEnded).toBe(true)
    const next = encoder.encode(2, [])
    workers[1]?.say('ready')
    workers[1]?.say({ id: workers[1].orders[0]?.id ?? -1, prepared: made(2) })
    expect(await next).toEqual(made(2))
  })

  it('tells what cannot travel, and goes on', async () => {
    const encoder = createEncoder<() => number>({
      openWorker: () => {
        const fake = createFakeWorker()
        queueMicrotask(() => fake.say('ready'))
        return fake.worker
      },
      loadHere: () => Promise.reject(new Error('not needed')),
    })
    // Functions cannot be cloned.
    expect(await encoder.encode(() => 1, [])).toEqual(
      err('it may not be read: it shows something of another site'),
    )
  })
})
