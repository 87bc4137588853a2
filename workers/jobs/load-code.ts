/** Thrown when a part of the app cannot be fetched any more. */
export class NotLoaded extends Error {
  override readonly name = 'NotLoaded'
}

/**
 * Loads code that is rarely needed.
 *
 * Errors: throws `NotLoaded` when the server is gone or has another version by now, which browsers call a TypeError.
 */
export async function loadCode<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (cause) {
    if (cause instanceof TypeError) throw new NotLoaded(cause.message, { cause })
    throw cause
  }
}
