import type { ProjectStore } from '../native/project-store.ts'

/** Numbers of arrays are of one database; pages are given ones that tell which. */
export interface ArrayIds {
  toPage(store: ProjectStore, ids: Float64Array): Float64Array
  /** Asks the database that a number is of, by its own; `otherwise` for one that is of none. */
  ask<T>(id: number, otherwise: ProjectStore, ask: (store: ProjectStore, id: number) => T): T
}

/** No database holds so many arrays. */
const SPAN = 2 ** 40

export function makeArrayIds(): ArrayIds {
  const paths: string[] = []
  const stores = new Map<string, ProjectStore>()

  function placeOf(store: ProjectStore): number {
    if (!stores.has(store.path)) paths.push(store.path)
    // The file may have been opened anew.
    stores.set(store.path, store)
    return paths.indexOf(store.path)
  }

  return {
    toPage(store, ids) {
      const first = (placeOf(store) + 1) * SPAN
      return ids.map((id) => first + id)
    },
    ask(id, otherwise, ask) {
      const place = Math.floor(id / SPAN) - 1
      const store = stores.get(paths[place] ?? '')
      return store === undefined ? ask(otherwise, id) : ask(store, id - (place + 1) * SPAN)
    },
  }
}
