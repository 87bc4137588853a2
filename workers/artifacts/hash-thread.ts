import { transfer } from 'comlink'
import { createHash, type Hash } from '../ingest/digests.ts'
import type { HashThread } from './hasher.ts'

/** Digests in this thread what another one reads and writes. */
export function makeHashThread(): HashThread {
  let hash: Hash | null = null
  return {
    async begin() {
      hash = await createHash()
    },
    update(part) {
      hash?.update(part)
      return Promise.resolve(transfer(part, [part.buffer]))
    },
    digest: () => Promise.resolve(hash?.digest() ?? ''),
  }
}
