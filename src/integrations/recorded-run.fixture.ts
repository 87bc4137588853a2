import { createUplink } from '../client/create-uplink.ts'
import { createFakeStore, type FakeStore } from '../client/store.fixture.ts'
import { createRun } from '../client/create-run.ts'
import type { Run } from '../client/run.ts'
import { parseJson, type JsonValue } from '../model/json.ts'

/** Something that was stored to be looked at, under its last key. */
export interface StoredMedia {
  readonly kind: string | undefined
  readonly meta: JsonValue | undefined
  readonly steps: readonly number[]
  readonly bytes: Uint8Array
}

/** A run over a store in memory, and what came of it; for tests. */
export interface RecordedRun {
  readonly run: Run
  readonly store: FakeStore
  /** Everything stored that shows something, by key, in the order of the log. */
  stored(): Promise<Readonly<Record<string, StoredMedia>>>
}

export function createRecordedRun(): RecordedRun {
  const store = createFakeStore()
  const uplink = createUplink({ ingest: store.ingest, lock: 'a lock', onTrackerEvent: () => () => {} })
  const run = createRun({ experiment: 'test' }, uplink, () => store.artifacts)
  return {
    run,
    store,
    async stored() {
      await run.flush()
      const found: Record<string, StoredMedia> = {}
      for (const { key, media, steps, bytes } of store.batches.flatMap((batch) => batch.arrays ?? [])) {
        const before = found[key]?.steps ?? []
        found[key] = {
          kind: media?.kind,
          meta: parseJson(media?.meta ?? ''),
          steps: [...before, ...steps],
          bytes,
        }
      }
      return found
    },
  }
}

export function numbersOf({ bytes }: StoredMedia): number[] {
  return [...new Float64Array(bytes.slice().buffer)]
}
