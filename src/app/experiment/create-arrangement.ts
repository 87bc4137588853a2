import { createMemo, createSignal, type Accessor } from 'solid-js'
import type { AlertRule } from '../../model/alert.ts'
import type { Arrangement, Direction, SavedView } from '../../model/experiment.ts'
import type { Change } from '../../model/log-batch.ts'
import type { ExperimentId } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { createLiveRead } from '../tracker/create-live-read.ts'
import type { History } from '../shell/create-history.ts'
import type { SweepAim } from './sweep-aim.ts'
import { changesToDeed } from './commit-changes.ts'
import { guessDirection } from '../workspace/metric-direction.ts'
import type { Tracker } from '../tracker/tracker.ts'

/** What is kept with an experiment for all who look at it: views by name, and which way metrics improve. */
export interface ArrangementState {
  /** By name. */
  readonly views: Accessor<readonly SavedView[]>
  /** As the user said, else as the latest sweep was after it, else as the name of the metric tells. */
  directionOf(key: string): Direction
  /** Whether the user said so. */
  isDirectionSet(key: string): boolean
  /** null: as nobody said. Can be undone. */
  setDirection(key: string, direction: Direction | null): void
  /** What is watched in every run. */
  readonly alerts: Accessor<Arrangement['alerts']>
  /** null no longer watches it. Can be undone. */
  setAlert(id: string, rule: AlertRule | null): void
  /** Replaces the view of that name; null takes it away. Can be undone. */
  saveView(name: string, view: string | null): void
}

const NOTHING: Arrangement = { views: [], directions: {}, alerts: [] }

export function createArrangement(
  tracker: Tracker,
  database: DatabaseId,
  experimentId: ExperimentId,
  history: History,
  aim: Accessor<SweepAim | null>,
  complain: (message: string) => void,
): ArrangementState {
  const [arrangement, setArrangement] = createSignal(NOTHING)
  const { refresh } = createLiveRead(tracker, {
    database,
    on: ['arrangementChanged'],
    of: ({ experimentIds }) => experimentIds.filter((id) => id === experimentId),
    read: () => tracker.api.readArrangement({ database, experimentId }),
    take: setArrangement,
  })
  const directions = createMemo(() => new Map(Object.entries(arrangement().directions)))

  async function commit(change: Change): Promise<void> {
    const receipt = await tracker.commit([change])
    if (receipt.ok) refresh()
    else complain(receipt.error.message)
  }

  function change(label: string, from: Change, to: Change): void {
    void commit(to)
    history.push({ label, undo: changesToDeed([from]), redo: changesToDeed([to]) })
  }

  return {
    views: createMemo(() => arrangement().views),
    directionOf(key) {
      const sweep = aim()
      return directions().get(key) ?? (sweep?.metric === key ? sweep.direction : guessDirection(key))
    },
    isDirectionSet: (key) => directions().has(key),
    setDirection(key, direction) {
      const set = (to: Direction | null): Change => ({
        type: 'setDirection',
        experimentId,
        key,
        direction: to,
      })
      change(`Say which way ${key} improves`, set(directions().get(key) ?? null), set(direction))
    },
    alerts: createMemo(() => arrangement().alerts),
    setAlert(id, rule) {
      const before = arrangement().alerts.find((alert) => alert.id === id)?.rule ?? null
      const set = (to: AlertRule | null): Change => ({ type: 'setAlert', experimentId, id, rule: to })
      const verb = rule === null ? 'Remove' : before === null ? 'Add' : 'Change'
      change(`${verb} the alert on ${(rule ?? before)?.metric ?? ''}`, set(before), set(rule))
    },
    saveView(name, view) {
      const before = arrangement().views.find((saved) => saved.name === name)?.view ?? null
      const save = (to: string | null): Change => ({ type: 'saveView', experimentId, name, view: to })
      change(view === null ? `Remove the view ${name}` : `Save the view ${name}`, save(before), save(view))
    },
  }
}
