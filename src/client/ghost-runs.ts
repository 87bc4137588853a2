import type { Run } from './run.ts'

/** The module that began a run. */
interface Birthplace {
  /** Its address without what a development server adds; null where there is none. */
  readonly module: string | null
  /** What the server added when it replaced the module: Vite's `?t=`; empty at first. */
  readonly version: string
}

interface Born extends Birthplace {
  readonly run: Run
  /** What the caller holds. */
  readonly handle: WeakRef<Run>
}

/** Nobody holds what they would log with any more: it began in an effect that ran twice, or in a module that was replaced. */
const dropped = new FinalizationRegistry<Run>((run) => giveUp(run, 'nothing held it any more'))

let living: Born[] = []
/** Those that ended are looked for when there are twice as many as were left the last time: thousands may begin in one turn. */
let lookAt = 64

/**
 * What the caller of `init` gets: the run itself, which ends as killed when the caller has let go of it, or when the
 * module that began it was replaced while it was running. Else every hot reload would leave one that seems to run.
 *
 * Cost: a stack, once a run.
 */
export function watchOver(run: Run): Run {
  const birthplace = moduleOf(new Error().stack ?? '')
  if (birthplace.version !== '') giveUpReplaced(birthplace)
  if (living.length >= lookAt) forgetEnded()
  // Its own object, which nothing in here holds.
  const handle = Object.create(run) as Run
  living.push({ run, handle: new WeakRef(handle), ...birthplace })
  dropped.register(handle, run, run)
  restWithPage()
  return handle
}

function forgetEnded(): void {
  for (const { run } of living) if (run.status !== 'running') dropped.unregister(run)
  living = living.filter(({ run }) => run.status === 'running')
  lookAt = Math.max(64, 2 * living.length)
}

let rests = false

/**
 * Hears of nothing while the page is in the back/forward cache: code that runs there is what Chromium drops a page for.
 * What was let go of meanwhile ends when the page comes back.
 */
function restWithPage(): void {
  if (rests || !('document' in globalThis)) return
  rests = true
  addEventListener('pagehide', () => {
    for (const { run } of living) dropped.unregister(run)
    forgetEnded()
  })
  addEventListener('pageshow', (event) => {
    // A worker has no such event, nor its type.
    if (Reflect.get(event, 'persisted') !== true) return
    for (const { run, handle } of living) {
      const held = handle.deref()
      if (held === undefined) giveUp(run, 'nothing held it any more')
      else dropped.register(held, run, run)
    }
  })
}

/** Ends the runs that an earlier version of the module began. */
function giveUpReplaced({ module, version }: Birthplace): void {
  for (const each of living)
    if (each.module === module && each.version !== version)
      giveUp(each.run, `${module?.split('/').at(-1)} was replaced by a hot reload`)
}

function giveUp(run: Run, why: string): void {
  if (run.status !== 'running') return
  run.mark(`given up: ${why}`)
  void run.finish('killed')
}

/** The first module of a stack that is none of an installed package. */
function moduleOf(stack: string): Birthplace {
  const own = plainOf(import.meta.url)
  for (const [, address = '', query = ''] of stack.matchAll(/(https?:\/\/[^\s)?]+)(\?[^\s):]*)?/g)) {
    const module = plainOf(address)
    if (module === own || module.includes('/node_modules/')) continue
    return { module, version: /[?&]t=(\d+)/.exec(query)?.[1] ?? '' }
  }
  return { module: null, version: '' }
}

/** Without query, line and column. */
function plainOf(address: string): string {
  return address.replace(/\?.*$/, '').replace(/(?::\d+){1,2}$/, '')
}
