import { openFromText } from '../client/worker-text.ts'

/** Take the place of `open-encoders.ts` in the package: workers are texts of the library, see `open-packed-worker.ts`. */
export const openEncoder = async (): Promise<Worker> =>
  openFromText((await import('kymo:text/encoder')).default, 'kymo encoder')

export const openFilmEncoder = async (): Promise<Worker> =>
  openFromText((await import('kymo:text/film')).default, 'kymo film encoder')
