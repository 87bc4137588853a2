import { isJsonObject, parseJson, type JsonValue } from '../../src/model/json.ts'
import type { KeyValue } from './mlflow-run.ts'

/** How much of a series is there. */
export interface SeriesProgress {
  /** Its first points, in the order they were logged. */
  readonly count: number
  /** Those of them whose step was rounded. */
  readonly rounded: number
  /** What it is called there. */
  readonly name: string
}

/** What of a run a server has, as tags of the run say it; they are written with what they speak of, or after it. */
export interface PushProgress {
  readonly series: ReadonlyMap<string, SeriesProgress>
  tellSeries(key: string, told: SeriesProgress): void
  /** What tells apart what was put under a name; undefined where nothing was. */
  file(name: string): string | undefined
  tellFile(name: string, mark: string): void
  /** Tags that say what was told since they were taken last. */
  take(): readonly KeyValue[]
}

/** Before the number of a tag that says what of a run is there. */
const PREFIX = 'kymo.pushed.'
/** Servers take 5,000 characters of a tag; the rest is for numbers that grow. Unit: UTF-16 code units. */
const MAX_SHARD = 4_500
/** The most a value takes with what is around it; names are counted apart. */
const VALUE_SIZE = 50

type Entries = Map<string, JsonValue>

/** Reads it from the tags of a run. An entry stays in its tag, so that few are written again. */
export function openProgress(tags: ReadonlyMap<string, string>): PushProgress {
  const shards = readShards(tags)
  const places = new Map([...shards.values()].flatMap((shard) => [...shard.keys()].map((id) => [id, shard])))
  const series = new Map<string, SeriesProgress>()
  for (const [id, shard] of places)
    if (id.startsWith('=')) series.set(id.slice(1), parseSeries(id.slice(1), shard.get(id)))
  const changed = new Set<Entries>()

  function put(id: string, value: JsonValue): void {
    const shard = places.get(id) ?? lastWithRoom(shards, id, value)
    places.set(id, shard)
    shard.set(id, value)
    changed.add(shard)
  }

  return {
    series,
    tellSeries(key, told) {
      series.set(key, told)
      const { count, rounded, name } = told
      put(`=${key}`, name !== key ? [count, rounded, name] : rounded > 0 ? [count, rounded] : count)
    },
    file(name) {
      const mark = places.get(`/${name}`)?.get(`/${name}`)
      return typeof mark === 'string' ? mark : undefined
    },
    tellFile: (name, mark) => put(`/${name}`, mark),
    take() {
      const taken = [...shards].filter(([, shard]) => changed.has(shard))
      changed.clear()
      return taken.map(([key, shard]) => ({ key, value: JSON.stringify(Object.fromEntries(shard)) }))
    },
  }
}

function parseSeries(key: string, value: JsonValue | undefined): SeriesProgress {
  const [count, rounded, name] = Array.isArray(value) ? value : [value]
  return { count: countOf(count), rounded: countOf(rounded), name: typeof name === 'string' ? name : key }
}

function countOf(value: JsonValue | undefined): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0
}

function readShards(tags: ReadonlyMap<string, string>): Map<string, Entries> {
  const shards = new Map<string, Entries>()
  for (const [tag, text] of tags) {
    const said = tag.startsWith(PREFIX) ? parseJson(text) : undefined
    if (isJsonObject(said)) shards.set(tag, new Map(Object.entries(said)))
  }
  return shards
}

function lastWithRoom(shards: Map<string, Entries>, id: string, value: JsonValue): Entries {
  const last = [...shards.values()].at(-1)
  if (last !== undefined && sizeOf(last) + sizeOf(new Map([[id, value]])) <= MAX_SHARD) return last
  const fresh: Entries = new Map()
  for (let number = shards.size; ; number += 1) {
    if (shards.has(`${PREFIX}${number}`)) continue
    shards.set(`${PREFIX}${number}`, fresh)
    return fresh
  }
}

function sizeOf(entries: Entries): number {
  let size = 0
  for (const [id, value] of entries)
    size += JSON.stringify(id).length + VALUE_SIZE + (Array.isArray(value) ? JSON.stringify(value).length : 0)
  return size
}
