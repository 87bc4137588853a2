import { wrap, transfer, type Remote } from 'comlink'
import { HASH_WORKER_NAME } from './hash-worker-name.ts'
import { createHash, type Hash } from '../ingest/digests.ts'

/** What a thread of its own does while this one writes. */
export interface HashThread {
  begin(): Promise<void>
  /** Gives the bytes back. */
  update(part: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>
  digest(): Promise<string>
}

/** Digests files one after another. */
export interface Hasher extends Disposable {
  begin(): Promise<void>
  /** Owner: this, until it resolves with the same bytes; then whoever called. */
  update(part: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>
  digest(): Promise<string>
}

/** How long a thread may take to say that it is there. */
const START_MS = 5_000

/** A hasher in a thread of its own; in this one, where no other can be started. */
export async function openHasher(): Promise<Hasher> {
  return (await openThread()) ?? hasherHere()
}

async function openThread(): Promise<Hasher | null> {
  let worker: Worker
  try {
    worker = new Worker(globalThis.location.href, { type: 'module', name: HASH_WORKER_NAME })
  } catch {
    return null
  }
  const remote = wrap<HashThread>(worker)
  if (!(await answers(worker, remote))) {
    worker.terminate()
    return null
  }
  return {
    begin: () => remote.begin(),
    update: (part) => remote.update(transfer(part, [part.buffer])),
    digest: () => remote.digest(),
    [Symbol.dispose]: () => worker.terminate(),
  }
}

function answers(worker: Worker, remote: Remote<HashThread>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), START_MS)
    const settle = (isThere: boolean): void => {
      clearTimeout(timer)
      resolve(isThere)
    }
    worker.addEventListener('error', () => settle(false), { once: true })
    remote.begin().then(
      () => settle(true),
      () => settle(false),
    )
  })
}

function hasherHere(): Hasher {
  let hash: Hash | null = null
  return {
    async begin() {
      hash = await createHash()
    },
    update(part) {
      hash?.update(part)
      return Promise.resolve(part)
    },
    digest: () => Promise.resolve(hash?.digest() ?? ''),
    [Symbol.dispose]: () => undefined,
  }
}
