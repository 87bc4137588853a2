/** Thrown when a part of the app cannot be fetched any more. */
export class NotLoaded extends Error {
  override readonly name = 'NotLoaded'
}

/** Loads code that is rarely needed. Errors: throws `NotLoaded` when the server is gone or has another version by now. */
export async function loadCode<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (cause) {
    throw new NotLoaded(cause instanceof Error ? cause.message : String(cause))
  }
}
