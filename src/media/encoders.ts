import { createEncoder } from './encoder.ts'
import type { FilmJob, Job } from './jobs.ts'

/** Pictures and sounds, in a worker of this page or worker. Bundlers find it by this exact expression. */
export const encoder = createEncoder<Job>({
  openWorker: () =>
    new Worker(new URL('./encoder.worker.ts', import.meta.url), { type: 'module', name: 'kymo encoder' }),
  loadHere: async () => (await import('./encode.ts')).encode,
})

/** Films, whose encoder is larger and keeps its thread busy for longer. */
export const filmEncoder = createEncoder<FilmJob>({
  openWorker: () =>
    new Worker(new URL('./film.worker.ts', import.meta.url), { type: 'module', name: 'kymo film encoder' }),
  loadHere: async () => (await import('./encode-film.ts')).encodeFilm,
})
