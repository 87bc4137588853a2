import { createEffect, createSignal, on, onCleanup, type Accessor } from 'solid-js'
import type { AlertRule } from '../../model/alert.ts'
import type { ExperimentId } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import type { TriedAlert } from '../../protocol/runs-api.ts'
import { makeSettled } from '../tracker/coalesce.ts'
import { busyWhile } from '../tracker/idle.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** While it is typed a rule is not tried at every key. Unit: milliseconds. */
const PAUSE_MS = 200

/** What a rule would have said of what was logged; null while that is not known, or it is no rule. */
export function createTriedAlert(
  tracker: Tracker,
  place: { readonly database: DatabaseId; readonly experimentId: ExperimentId },
  rule: Accessor<AlertRule | null>,
): Accessor<TriedAlert | null> {
  const [tried, setTried] = createSignal<TriedAlert | null>(null)
  const settled = makeSettled(() => {
    const asked = rule()
    if (asked === null) return
    const answer = tracker.api.tryAlert({ ...place, rule: asked })
    void busyWhile(answer).then((read) => {
      if (read.ok && rule() === asked) setTried(read.value)
    })
  }, PAUSE_MS)
  createEffect(
    on(rule, () => {
      setTried(null)
      settled.request()
    }),
  )
  onCleanup(settled.cancel)
  return tried
}
