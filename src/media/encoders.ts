import { createEncoder } from './encoder.ts'
import type { FilmJob, Job } from './jobs.ts'
import { openEncoder, openFilmEncoder } from './open-encoders.ts'

/** Pictures and sounds, in a worker of this page or worker. */
export const encoder = createEncoder<Job>({
  openWorker: openEncoder,
  loadHere: async () => (await import('./encode.ts')).encode,
})

/** Films, whose encoder is larger and keeps its thread busy for longer. */
export const filmEncoder = createEncoder<FilmJob>({
  openWorker: openFilmEncoder,
  loadHere: async () => (await import('./encode-film.ts')).encodeFilm,
})
