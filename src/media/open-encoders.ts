/** Bundlers find the workers by these exact expressions. The package has other ways: see `open-packed-encoders.ts`. */
export const openEncoder = async (): Promise<Worker> =>
  new Worker(new URL('./encoder.worker.ts', import.meta.url), { type: 'module', name: 'kymo encoder' })

export const openFilmEncoder = async (): Promise<Worker> =>
  new Worker(new URL('./film.worker.ts', import.meta.url), { type: 'module', name: 'kymo film encoder' })
