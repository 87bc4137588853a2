import { onCleanup } from 'solid-js'
import { isJsonObject, parseJson, type JsonValue } from '../../model/json.ts'
import { createHistory, type Deed, type History, type Step, type Steps } from './create-history.ts'

/** Browsers keep about 5 MB of a site for a tab; the oldest steps are forgotten first. Unit: UTF-16 code units. */
const MAX_KEPT = 500_000

/** A history that goes on where it was when the page is loaded again, or the place is come back to. */
export function rememberHistory(place: string): History {
  const key = `kymo-history:${place}`
  const history = createHistory(parseSteps(readKept(key)))
  const keep = (): void => writeKept(key, printSteps(history.steps()))
  addEventListener('pagehide', keep)
  onCleanup(() => {
    removeEventListener('pagehide', keep)
    keep()
  })
  return history
}

/** As text, without the oldest steps where that would be too long. */
export function printSteps({ done, undone }: Steps): string {
  for (let forgotten = 0; forgotten <= done.length; forgotten += 1) {
    const text = JSON.stringify({ done: done.slice(forgotten), undone })
    if (text.length <= MAX_KEPT) return text
  }
  return ''
}

/** What is none of ours is left out. */
export function parseSteps(text: string): Steps {
  const kept = parseJson(text)
  if (!isJsonObject(kept)) return { done: [], undone: [] }
  return { done: stepsOf(kept['done']), undone: stepsOf(kept['undone']) }
}

function stepsOf(list: JsonValue | undefined): readonly Step[] {
  return Array.isArray(list) ? list.flatMap((each) => parseStep(each) ?? []) : []
}

function parseStep(step: JsonValue): Step | null {
  if (!isJsonObject(step)) return null
  const { label, kind } = step
  const [undo, redo] = [parseDeed(step['undo']), parseDeed(step['redo'])]
  if (typeof label !== 'string' || undo === null || redo === null) return null
  return { label, undo, redo, ...(typeof kind === 'string' ? { kind } : {}) }
}

function parseDeed(deed: JsonValue | undefined): Deed | null {
  if (!isJsonObject(deed)) return null
  const { type, what } = deed
  return (type === 'view' || type === 'commit') && typeof what === 'string' ? { type, what } : null
}

/** Some settings forbid storage; then a history ends with its page. */
function readKept(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}

function writeKept(key: string, text: string): void {
  try {
    sessionStorage.setItem(key, text)
  } catch {
    // Full or forbidden: nothing else depends on it.
  }
}
