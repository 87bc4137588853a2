import type { Parts } from './store-bench.worker.ts'

export type StorePart = keyof Parts
export type StoreArgs<P extends StorePart> = Parameters<Parts[P]>
export type StoreAnswer<P extends StorePart> = Awaited<ReturnType<Parts[P]>>

/** Measures one part in a worker of its own, which ends with it. */
export function measureStore<P extends StorePart>(part: P, args: StoreArgs<P>): Promise<StoreAnswer<P>> {
  const worker = new Worker(new URL('./store-bench.worker.ts', import.meta.url), { type: 'module' })
  return new Promise<StoreAnswer<P>>((resolve, reject) => {
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<{ answer?: StoreAnswer<P>; failure?: string }>) => {
        if (data.failure === undefined) resolve(data.answer as StoreAnswer<P>)
        else reject(new Error(data.failure))
      },
    )
    worker.addEventListener('error', (event) => reject(new Error(event.message)))
    worker.postMessage({ part, args })
  }).finally(() => worker.terminate())
}
