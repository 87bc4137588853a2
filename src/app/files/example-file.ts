import { err, ok, type Result } from '../../model/result.ts'

const EXAMPLE = 'demo.db'

/** The example experiment that is served beside the app. */
export async function readExample(): Promise<Result<{ readonly name: string; readonly blob: Blob }, string>> {
  try {
    const response = await fetch(new URL(EXAMPLE, document.baseURI))
    if (!response.ok) return err(`The example experiment is not on this server (${response.status}).`)
    return ok({ name: EXAMPLE, blob: await response.blob() })
  } catch {
    return err('The example experiment could not be loaded. Check the connection and try again.')
  }
}
