/** A promise and the means to keep it. (`Promise.withResolvers` is newer than the oldest Node the tests run on.) */
export interface Deferred<T> {
  readonly promise: Promise<T>
  readonly resolve: (value: T) => void
}

function ignore(): void {}

export function makeDeferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = ignore
  const promise = new Promise<T>((keep) => {
    resolve = keep
  })
  return { promise, resolve }
}
