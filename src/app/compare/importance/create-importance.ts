import { createEffect, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js'
import { makeCoalesced } from '../../tracker/coalesce.ts'
import { busyWhile } from '../../tracker/idle.ts'
import type { ImportanceFindings, ImportanceOrder } from './param-importance.ts'

export interface ImportanceQuestion extends ImportanceOrder {
  /** Which runs, params and metric it is about; what is asked anew with the same name has only grown. */
  readonly name: string
}

export interface ImportanceState {
  /** The latest findings, with the question they answer; kept while what grew is looked at again. */
  readonly found: Accessor<{ readonly name: string; readonly findings: ImportanceFindings } | undefined>
  readonly failure: Accessor<string | null>
}

/** What grows is looked at again this often: a forest costs a second of a core. Unit: milliseconds. */
const PAUSE_MS = 2_000

/** Which params matter, found in a worker of its own for each question; a question that is no longer asked is dropped. */
export function createImportance(question: Accessor<ImportanceQuestion | null>): ImportanceState {
  const [found, setFound] = createSignal<ReturnType<ImportanceState['found']>>()
  const [failure, setFailure] = createSignal<string | null>(null)
  let answered: ImportanceQuestion | null = null
  let underWay: { readonly name: string; drop(): void } | null = null
  let pause: { readonly timer: number; end(): void } | null = null
  let disposed = false

  const refresh = makeCoalesced(async () => {
    const asked = untrack(question)
    if (asked === null || asked === answered || disposed) return
    if (answered?.name === asked.name) await pauseFor(PAUSE_MS)
    const latest = untrack(question)
    if (latest === null || disposed) return
    await busyWhile(answer(latest))
  })

  async function answer(asked: ImportanceQuestion): Promise<void> {
    const findings = await new Promise<ImportanceFindings | string | null>((resolve) => {
      if (typeof Worker === 'undefined') return resolve('This browser allows no workers, which this needs.')
      const worker = new Worker(new URL('./importance.worker.ts', import.meta.url), { type: 'module' })
      const end = (outcome: ImportanceFindings | string | null): void => {
        worker.terminate()
        underWay = null
        resolve(outcome)
      }
      underWay = { name: asked.name, drop: () => end(null) }
      worker.addEventListener('message', ({ data }: MessageEvent<ImportanceFindings>) => end(data))
      worker.addEventListener('error', (event) => end(`It could not be calculated: ${event.message}`))
      const { target, params } = asked
      worker.postMessage({ target, params } satisfies ImportanceOrder)
    })
    if (findings === null) return
    answered = asked
    setFailure(typeof findings === 'string' ? findings : null)
    if (typeof findings !== 'string') setFound({ name: asked.name, findings })
  }

  function pauseFor(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        pause = null
        resolve()
      }
      pause = { timer: window.setTimeout(end, ms), end }
    })
  }

  function dropStale(name: string | undefined): void {
    if (underWay !== null && underWay.name !== name) underWay.drop()
    if (pause !== null && answered?.name !== name) {
      clearTimeout(pause.timer)
      pause.end()
    }
  }

  createEffect(
    on(question, (asked) => {
      dropStale(asked?.name)
      refresh()
    }),
  )
  onCleanup(() => {
    disposed = true
    dropStale(undefined)
  })
  return { found, failure }
}
