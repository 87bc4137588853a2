import type { ExperimentId } from '../model/units.ts'

/** Where the arrangement of an experiment is kept: in the link, and for the next visit in the browser. */
export function rememberView(
  experimentId: ExperimentId,
  linked: string,
  onView: (view: string) => void,
): { readonly initial: string; write(view: string): void } {
  const key = `kymo-view:${experimentId}`
  const initial = linked === '' ? (readKept(key) ?? '') : linked
  // A link that says nothing leads to what was left here.
  if (initial !== linked) queueMicrotask(() => onView(initial))
  return {
    initial,
    write(view) {
      keep(key, view)
      onView(view)
    },
  }
}

/** Some settings forbid storage; then views are in links alone. */
function readKept(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function keep(key: string, view: string): void {
  try {
    if (view === '') localStorage.removeItem(key)
    else localStorage.setItem(key, view)
  } catch {
    // Full or forbidden: the link has it.
  }
}
