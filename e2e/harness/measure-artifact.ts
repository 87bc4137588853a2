import { init } from '../../src/client/index.ts'
import { readArtifacts } from '../../src/client/stored-artifacts.ts'

/** Milliseconds to write the same bytes in each way, one entry a round. */
export interface ArtifactTimes {
  readonly artifactMs: readonly number[]
  /** Copied from the same file to another one, and nothing else. */
  readonly rawMs: readonly number[]
  /** As many bytes from memory. */
  readonly memoryMs: readonly number[]
}

const SOURCE = 'artifact-source'

/**
 * Logs an artifact of so many random bytes, another one in every round, and writes as many raw, in turns.
 *
 * The bytes lie in a file of this origin, so that they are in nobody's memory. Errors: throws when what was stored is not
 * what was logged.
 */
export async function measureArtifacts(bytes: number, rounds: number): Promise<ArtifactTimes> {
  const run = init({ experiment: 'artifacts', name: 'measured' })
  await run.flush()
  const times = { artifactMs: [] as number[], rawMs: [] as number[], memoryMs: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    const source = await inWorker<File>({ type: 'source', name: SOURCE, bytes, seed: round + 1 })
    times.rawMs.push(await inWorker<number>({ type: 'raw', source }))
    times.memoryMs.push(await inWorker<number>({ type: 'memory', bytes }))
    const startedAt = performance.now()
    const logged = await run.logArtifact('large', source, { keep: 1 })
    times.artifactMs.push(performance.now() - startedAt)
    if (!logged.ok) throw new Error(logged.error.message)
    if (logged.value.newBytes !== bytes) throw new Error(`${logged.value.newBytes} of ${bytes} bytes are new`)
    await verify(source)
  }
  await run.finish()
  return times
}

let prepared: { readonly source: File; readonly seed: number } | null = null

/** Puts random bytes, other ones at every call, into a file of this origin. */
export async function prepareArtifact(bytes: number): Promise<void> {
  const seed = (prepared?.seed ?? 0) + 1
  prepared = { source: await inWorker<File>({ type: 'source', name: SOURCE, bytes, seed }), seed }
}

/** Stores what was prepared, as the only version that is kept. */
export async function storePrepared(): Promise<void> {
  if (prepared === null) throw new Error('nothing is prepared')
  const run = init({ experiment: 'artifacts', name: 'watched' })
  const logged = await run.logArtifact('watched', prepared.source, { keep: 1 })
  if (!logged.ok) throw new Error(logged.error.message)
  await run.finish()
}

/** Compares the newest version with its source: the digest that was stored, and both ends. */
async function verify(source: File): Promise<void> {
  const stored = await readArtifacts({ experiment: 'artifacts' })
  if (!stored.ok) throw new Error(stored.error.message)
  const [newest] = stored.value
  const expected = await inWorker<string>({ type: 'digest', source })
  if (newest?.files[0]?.digest !== expected) throw new Error('another digest was stored')
}

function inWorker<T>(message: object): Promise<T> {
  const worker = new Worker(new URL('./measure-artifact.worker.ts', import.meta.url), { type: 'module' })
  return new Promise<T>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<{ answer?: T; failure?: string }>) => {
      if (data.failure === undefined) resolve(data.answer as T)
      else reject(new Error(data.failure))
    })
    worker.addEventListener('error', (event) => reject(new Error(event.message)))
    worker.postMessage(message)
  }).finally(() => worker.terminate())
}
