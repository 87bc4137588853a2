import { err, ok, type Result } from '../model/result.ts'

/** What was made, or why it could not be, in a few words that end up beside the refused value. */
export type Words<T> = Result<T, string>

/** At hand, or being prepared. */
export type Later<T> = T | Promise<T>

/** Goes on with what was made, at once where it is at hand. */
export function andThen<T, U>(later: Later<Words<T>>, next: (value: T) => Later<Words<U>>): Later<Words<U>> {
  return later instanceof Promise ? afterwards(later, next) : later.ok ? next(later.value) : later
}

async function afterwards<T, U>(
  later: Promise<Words<T>>,
  next: (value: T) => Later<Words<U>>,
): Promise<Words<U>> {
  const made = await later
  return made.ok ? next(made.value) : made
}

/** Everything, or the first failure in order; at once where all of it is at hand. */
export function all<T extends readonly unknown[]>(laters: {
  readonly [K in keyof T]: Later<Words<T[K]>>
}): Later<Words<T>> {
  return laters.some((later) => later instanceof Promise)
    ? Promise.all(laters).then((made) => together<T>(made))
    : together<T>(laters as readonly Words<unknown>[])
}

function together<T extends readonly unknown[]>(made: readonly Words<unknown>[]): Words<T> {
  const values: unknown[] = []
  for (const one of made) {
    if (!one.ok) return err(one.error)
    values.push(one.value)
  }
  return ok(values as unknown as T)
}
