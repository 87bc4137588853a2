import type { ExperimentId, RunId } from '../../model/units.ts'
import { OWN_DATABASE, type DatabaseId } from '../../protocol/database-id.ts'

/** What the screen shows; everything null is the start. */
export interface Route {
  readonly database: DatabaseId
  readonly experimentId: ExperimentId | null
  readonly runId: RunId | null
  /** How the experiment is arranged, as `workspace-view.ts` writes it. */
  readonly view: string
}

/** Stands where an experiment would: the registered models of a database. */
export const MODELS: ExperimentId = 'models'

export const HOME: Route = { database: OWN_DATABASE, experimentId: null, runId: null, view: '' }

/** Reads `#/database/experiment/run?view`; whatever cannot be read is left out, from the right. */
export function parseRoute(hash: string): Route {
  const [path = '', ...rest] = hash.replace(/^#?\/?/, '').split('?')
  const parts = path.split('/')
  const [database, experimentId, runId] = parts.map(decodePart)
  if (!database) return HOME
  if (!experimentId) return { ...HOME, database }
  return { database, experimentId, runId: runId || null, view: rest.join('?') }
}

export function routeToHash(route: Route): string {
  const parts = [route.database, route.experimentId, route.experimentId === null ? null : route.runId]
  if (route.database === OWN_DATABASE && route.experimentId === null) return '#/'
  const path = parts.filter((part) => part !== null).map(encodeURIComponent)
  return `#/${path.join('/')}${route.experimentId === null || route.view === '' ? '' : `?${route.view}`}`
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}
