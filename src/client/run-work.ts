import { warnOnce } from './warn.ts'

/** The same in every copy of the library: what an integration has under way, its run waits for. */
const WORK = Symbol.for('kymo.work')

/** As long as a flush waits for what is neither done nor refused; what still comes after that is kept all the same. */
export const PATIENCE_MS = 60_000

/** What a run has under way besides what is logged and uploaded: digests, models that are read back, look-ups. */
export interface RunWork {
  /** Answers what it is passed. `what` is said where it takes too long. */
  add<T>(what: string, work: Promise<T>): Promise<T>
  /** Resolves when all that is under way by now is done, or after a minute. Never rejects. */
  settled(): Promise<void>
}

export function createRunWork(): RunWork {
  const underWay = new Map<Promise<unknown>, string>()

  return {
    add(what, work) {
      underWay.set(work, what)
      const forget = (): void => void underWay.delete(work)
      work.then(forget, forget)
      return work
    },
    async settled() {
      if (underWay.size === 0) return
      const awaited = [...underWay.keys()]
      if (await isDoneInTime(Promise.allSettled(awaited))) return
      const late = awaited.flatMap((work) => underWay.get(work) ?? [])
      warnOnce(`${[...new Set(late)].join(', ')} has taken more than a minute, and is waited for no longer`)
    },
  }
}

/** Has a run wait in `flush` and `finish` for what is done for it. Answers what it is passed. */
export function keepUnderWay<T>(run: object, what: string, work: Promise<T>): Promise<T> {
  const own: unknown = Reflect.get(run, WORK)
  // It was put there by `withWork` of this library, or of another copy of it.
  return own === undefined ? work : (own as RunWork).add(what, work)
}

export function withWork<R extends object>(run: R, work: RunWork): R {
  return Object.defineProperty(run, WORK, { value: work })
}

async function isDoneInTime(done: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const deadline = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS)
  })
  try {
    return await Promise.race([done.then(() => true), deadline])
  } finally {
    clearTimeout(timer)
  }
}
