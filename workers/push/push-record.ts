import { isRecord } from '../../src/model/raw-value.ts'
import { isAboutContent, isRefusal, type MlflowClient } from './mlflow-client.ts'
import { cutText } from './mlflow-names.ts'
import type { KeyValue } from './mlflow-run.ts'
import type { LeftOut } from './left-out.ts'
import type { RemoteRun } from './remote-runs.ts'

/** What a request may hold. Source: mlflow/utils/validation.py. */
const MAX_ENTRIES = 100
/** Unit: bytes; the server takes a million. */
const MAX_BYTES = 900_000
/** Servers before 2.8 take no longer param. */
const OLD_MAX_PARAM = 500

/** Answers those that the server refuses. A param keeps its first value there; what it became is in the whole record. */
export async function pushParams(
  client: MlflowClient,
  remote: RemoteRun,
  params: readonly KeyValue[],
): Promise<readonly LeftOut[]> {
  return pushEntries(params, async (some, how) => {
    try {
      await client.call('POST', 'runs/log-batch', { run_id: remote.id, params: some }, how)
    } catch (cause) {
      if (!isRefusal(cause) || !/changing param/i.test(cause.message)) throw cause
      const known = await readParamKeys(client, remote)
      const missing = some.filter(({ key }) => !known.has(key))
      if (missing.length > 0)
        await client.call('POST', 'runs/log-batch', { run_id: remote.id, params: missing }, how)
    }
  })
}

export async function pushTags(
  client: MlflowClient,
  remote: RemoteRun,
  tags: readonly KeyValue[],
): Promise<readonly LeftOut[]> {
  return pushEntries(tags, (some) => client.call('POST', 'runs/log-batch', { run_id: remote.id, tags: some }))
}

type Send = (entries: readonly KeyValue[], how?: 'once') => Promise<unknown>

/** As many together as a request holds; where one of them is refused, each alone, and shorter where that may help. */
async function pushEntries(entries: readonly KeyValue[], send: Send): Promise<readonly LeftOut[]> {
  const refused: LeftOut[] = []
  for (const some of requestsOf(entries)) {
    const why = await refusalOf(some, send)
    if (why === null) continue
    for (const entry of some) {
      const short = { ...entry, value: cutText(entry.value, OLD_MAX_PARAM) }
      const alone = some.length === 1 ? why : await refusalOf([entry], send, 'once')
      if (
        alone !== null &&
        (short.value === entry.value || (await refusalOf([short], send, 'once')) !== null)
      )
        refused.push({ what: entry.key, why: alone })
    }
  }
  return refused
}

async function refusalOf(entries: readonly KeyValue[], send: Send, how?: 'once'): Promise<string | null> {
  try {
    await send(entries, how)
    return null
  } catch (cause) {
    if (isAboutContent(cause)) return cause.message
    throw cause
  }
}

function* requestsOf(entries: readonly KeyValue[]): Generator<readonly KeyValue[]> {
  let some: KeyValue[] = []
  let bytes = 0
  for (const entry of entries) {
    const size = Buffer.byteLength(JSON.stringify(entry)) + 1
    if (some.length === MAX_ENTRIES || (some.length > 0 && bytes + size > MAX_BYTES)) {
      yield some
      ;[some, bytes] = [[], 0]
    }
    some.push(entry)
    bytes += size
  }
  if (some.length > 0) yield some
}

async function readParamKeys(client: MlflowClient, { id }: RemoteRun): Promise<ReadonlySet<string>> {
  const said = await client.call('GET', 'runs/get', { run_id: id })
  const { data } = isRecord(said['run']) ? said['run'] : {}
  const there = isRecord(data) && Array.isArray(data['params']) ? (data['params'] as unknown[]) : []
  return new Set(there.filter(isRecord).map(({ key }) => String(key)))
}
