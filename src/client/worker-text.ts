import { trustedUrl } from './page-policy.ts'

/** One address for each text, however often its worker is started: a browser keeps what an address stands for. */
const urls = new Map<string, string>()

/**
 * Starts a worker from the text of its module, which must import nothing.
 *
 * Errors: throws where workers do not exist, or its policy of Trusted Types is not allowed; what another policy forbids is
 * an `error` of the worker.
 */
export function openFromText(text: string, name: string): Worker {
  const url = urls.get(text) ?? URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
  urls.set(text, url)
  return new Worker(trustedUrl(url), { type: 'module', name })
}
