import type { ExperimentId } from '../../model/units.ts'
import type { DatabaseId } from '../../protocol/database-id.ts'
import { MAX_EVENT_RUNS } from '../../protocol/run-events.ts'
import { STARTED, type Operand } from '../../protocol/run-query.ts'
import type { TrackerApi } from '../../protocol/tracker-api.ts'
import type { UnreadAlerts } from './create-unread-alerts.ts'

const NAME: Operand = { from: 'run', field: 'name' }

/** Adds what was raised while no dashboard was open, as it is stored with the newest runs, since somebody looked last. */
export async function addMissedAlerts(
  api: Pick<TrackerApi, 'queryRuns' | 'readEvents'>,
  database: DatabaseId,
  experimentId: ExperimentId,
  alerts: UnreadAlerts,
): Promise<void> {
  const page = await api.queryRuns({
    database,
    experimentIds: [experimentId],
    filter: '',
    sort: [{ by: STARTED, direction: 'descending' }],
    offset: 0,
    limit: MAX_EVENT_RUNS,
    columns: [NAME],
  })
  if (!page.ok) return
  const { runIds, columns } = page.value
  const names = new Map(runIds.map((runId, index) => [runId, String(columns[0]?.[index] ?? '')]))
  const events = await api.readEvents({ database, runIds })
  if (!events.ok) return
  const { kind, time, runId, text } = events.value
  const timeOf = (index: number): number => time[index] ?? 0
  const missed = [...kind.keys()].filter(
    (index) => kind[index] === 'alert' && timeOf(index) > alerts.clearedAt,
  )
  for (const index of missed.toSorted((a, b) => timeOf(a) - timeOf(b))) {
    const id = runId[index] ?? ''
    alerts.add({ runId: id, runName: names.get(id) ?? '', text: text[index] ?? '' })
  }
}
