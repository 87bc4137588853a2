import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { NO_POINTS, type ArraySection, type Change, type PointColumns } from '../../src/model/log-batch.ts'
import { err, ok } from '../../src/model/result.ts'
import { bornWith } from '../../src/model/run.ts'
import { createRandom } from '../../src/model/seeded-random.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import type { TrackerEvent } from '../../src/protocol/tracker-event.ts'
import { openContents } from '../formats/database-contents.ts'
import { readSlices } from '../formats/contents.ts'
import type { DiskClient } from '../mirror/disk-client.ts'
import { decodeMessage, encodeMessage } from '../../src/protocol/wire.ts'
import { makeMirror, type Mirror } from '../mirror/mirror.ts'
import { openProjectStore, type ProjectStore } from '../native/project-store.ts'
import { openDisk, type Disk } from './disk.ts'
import { Behind } from './take-runs.ts'

const STARTED_AT = 1_700_000_000_000
let root = ''
let browser: Browser
let disk: Disk
let faults: () => 'none' | 'before' | 'after'

/** The own database of a browser, as far as the mirror knows one. */
interface Browser {
  readonly store: ProjectStore
  readonly mirror: Mirror
  say(changes: readonly Change[], points?: PointColumns, arrays?: readonly ArraySection[]): void
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kymo-mirror-'))
  faults = () => 'none'
  disk = openProject()
  browser = openBrowser('browser.db')
})
afterEach(() => {
  browser.mirror.stop()
  browser.store.close()
  disk.close()
  rmSync(root, { recursive: true, force: true })
})

function openProject(): Disk {
  return openDisk(join(root, '.kymo'), () => undefined)
}

/** Calls as they travel, some of which are lost on the way there or back. */
function lossyClient(): DiskClient {
  return {
    greet: () => Promise.resolve(ok({ token: 'token', folder: '.kymo', problem: '' })),
    async call(name, asked) {
      const fault = faults()
      if (fault === 'before') return err({ why: 'away', message: 'lost' })
      try {
        const answer = await disk.calls[name](decodeMessage(encodeMessage(asked)) as never)
        return fault === 'after' ? err({ why: 'away', message: 'lost' }) : ok(answer)
      } catch (cause) {
        if (cause instanceof Behind) return err({ why: 'behind', message: cause.message })
        throw cause
      }
    },
    read: ({ file }) => disk.read(file).then(ok),
  }
}

function openBrowser(name: string): Browser {
  let hear: ((event: TrackerEvent) => void) | null = null
  let sequence = 0
  const store = openProjectStore(join(root, name), (event) => hear?.(event))
  const mirror = makeMirror({
    client: lossyClient(),
    read: (look) => Promise.resolve(look(store.database)),
    onReport: () => undefined,
  })
  hear = mirror.hear
  return {
    store,
    mirror,
    say(changes, points = NO_POINTS, arrays = []) {
      sequence += 1
      const batch = {
        clientId: name,
        sequence,
        firstUnacknowledged: sequence,
        lock: 'a page',
        changes,
        points,
        arrays,
      }
      const said = store.ingest(batch)
      if (!said.ok) throw new Error(said.error.message)
    },
  }
}

/** All that is known of the runs of a database, but for what is another's in each. */
function contentsOf({ database }: ProjectStore): unknown {
  const { runs, series, arrays, consoles, artifacts } = openContents(database, {
    experimentId: null,
    runIds: null,
  })
  return {
    runs: runs.map(({ run, ...rest }) => ({ run: { ...run, experimentId: '' }, ...rest })).toSorted(byId),
    series: series
      .map((source) => [
        source.summary.runId,
        source.summary.key,
        [...readSlices(source)].flatMap(({ steps, values, times }) =>
          [[...steps], [...values], [...times]].flat(),
        ),
      ])
      .toSorted(),
    arrays: arrays
      .map(({ runId, key, step, length, read }) => [runId, key, step, length, [...read(0)]])
      .toSorted(),
    lines: consoles.map(({ runId, read }) => [runId, read(0, 10_000)]).toSorted(),
    artifacts: artifacts
      .map(({ id, name, files }) => [id, name, files.map(({ path, digest }) => [path, digest])])
      .toSorted(),
    removed: database.sql.column('select id from runs where removed_at is not null order by id', [], {
      sql: 'text',
      cell: 'text',
      parse: String,
    }),
  }
}

function byId(
  a: { readonly run: { readonly id: string } },
  b: { readonly run: { readonly id: string } },
): number {
  return a.run.id < b.run.id ? -1 : 1
}

function onDisk(): ProjectStore {
  return openProjectStore(join(root, '.kymo', 'digits.db'))
}

/** Both as they are, of the browser and on the disk. */
function both(): readonly [unknown, unknown] {
  const there = onDisk()
  try {
    return [contentsOf(browser.store), contentsOf(there)]
  } finally {
    there.close()
  }
}

/** Waits until they are the same. */
async function settled(): Promise<readonly [unknown, unknown]> {
  await vi.waitFor(
    () => {
      const [here, there] = both()
      expect(there).toEqual(here)
    },
    { timeout: 20_000, interval: 100 },
  )
  return both()
}

function start(id: string): Change {
  const run = bornWith({ id, name: id, startedAt: STARTED_AT })
  return {
    type: 'startRun',
    run: { ...run, experiment: { name: 'digits' }, params: { lr: 0.01 }, tags: { a: 'b' } },
  }
}

function points(runId: string, key: string, from: number, count: number): PointColumns {
  const columns = new Float64Array(3 * count)
  for (let at = 0; at < count; at += 1) {
    columns[at] = from + at
    columns[count + at] = at % 7 === 3 ? Number.NaN : (from + at) / 3
    columns[2 * count + at] = STARTED_AT + from + at
  }
  return { sections: [{ runId, key, count }], columns }
}

it.each([1, 2, 3])('ends complete and exactly once, whatever is lost on the way (%i)', async (seed) => {
  const random = createRandom(seed)
  const below = (count: number): number => Math.floor(random() * count)
  const chance = 0.25
  faults = () => (random() < chance ? 'before' : random() < chance ? 'after' : 'none')
  const runs = ['a', 'b', 'c']
  const steps = new Map<string, number>()
  browser.say(runs.map(start))

  const acts: readonly ((runId: string) => Promise<void> | void)[] = [
    (runId) => {
      const key = ['metric', '__proto__', 'constructor'][below(3)] ?? ''
      const from = steps.get(runId + key) ?? 0
      const count = 1 + below(40_000)
      steps.set(runId + key, from + count)
      browser.say([], points(runId, key, from, count))
    },
    (runId) =>
      browser.say([
        {
          type: 'setTags',
          runId,
          tags: {
            [['tag', '__proto__', 'toString'][below(3)] ?? '']: random() < 0.5 ? null : String(below(9)),
          },
        },
      ]),
    (runId) =>
      browser.say([
        {
          type: 'setParams',
          runId,
          params: { lr: below(9), [['p', '__proto__', 'valueOf'][below(3)] ?? '']: [below(9)] },
          ...(random() < 0.5 ? { step: below(99) } : {}),
        },
      ]),
    (runId) =>
      browser.say([
        { type: 'setRunName', runId, name: `name ${below(9)}` },
        { type: 'setRunNotes', runId, notes: `notes ${below(9)}` },
      ]),
    (runId) =>
      browser.say([
        { type: 'setRunColor', runId, color: random() < 0.5 ? null : '#aabbcc' },
        { type: 'setRunGroup', runId, groupName: random() < 0.5 ? null : 'g' },
      ]),
    (runId) =>
      browser.say([
        {
          type: 'endRun',
          runId,
          status: random() < 0.5 ? 'finished' : 'failed',
          endedAt: STARTED_AT + below(1e6),
        },
      ]),
    (runId) => browser.say([{ type: 'resumeRun', runId }]),
    (runId) =>
      browser.say([
        random() < 0.5
          ? { type: 'archiveRuns', runIds: [runId], archivedAt: below(1e6) }
          : { type: 'unarchiveRuns', runIds: [runId] },
      ]),
    (runId) =>
      browser.say([
        random() < 0.5
          ? { type: 'removeRuns', runIds: [runId], removedAt: 1 + below(1e6) }
          : { type: 'restoreRuns', runIds: [runId] },
      ]),
    (runId) =>
      browser.say([
        { type: 'setSummary', runId, summary: { best: below(99) } },
        { type: 'setEnvironment', runId, environment: { memory: below(9) } },
      ]),
    (runId) =>
      browser.say([
        {
          type: 'addRefusals',
          runId,
          refusals: [{ key: 'k', reason: 'value-empty', count: 1 + below(3), example: 'null' }],
        },
      ]),
    (runId) =>
      browser.say([
        {
          type: 'addEvents',
          runId,
          events: [
            { kind: 'mark', time: STARTED_AT + below(1e6), until: null, step: below(9), text: 'said' },
          ],
        },
      ]),
    (runId) =>
      browser.say([
        {
          type: 'addConsole',
          runId,
          lines: Array.from({ length: 1 + below(1_500) }, (_, at) => ({
            time: STARTED_AT + at,
            step: at,
            level: 'log',
            text: `line ${at}`,
          })),
        },
      ]),
    (runId) => {
      const bytes = Uint8Array.from({ length: 1 + below(2_000) }, (_, at) => at)
      const section = {
        runId,
        key: `array ${below(2)}`,
        dtype: 'uint8',
        shape: [bytes.length],
        bytes,
      } as const
      browser.say([], NO_POINTS, [
        { ...section, steps: Float64Array.of(below(99)), times: Float64Array.of(STARTED_AT) },
      ])
    },
    async (runId) => {
      const blob = new Blob([new Uint8Array(1 + below(3_000_000)).fill(below(255))])
      const version = {
        runId,
        name: 'weights',
        type: 'model',
        step: null,
        createdAt: STARTED_AT,
        metadata: {},
        aliases: ['best'],
      }
      await browser.store.service.storeArtifact({
        jobId: `job ${below(1e9)}`,
        id: `artifact ${below(1e9)}`,
        ...version,
        files: [{ path: 'w.bin', mime: '', blob }],
      })
    },
    () => {
      disk.close()
      disk = openProject()
    },
    () => (random() < 0.3 ? rmSync(join(root, '.kymo'), { recursive: true, force: true }) : undefined),
    () => new Promise((settle) => setTimeout(settle, below(300))),
  ]
  for (let act = 0; act < 120; act += 1) await acts[below(acts.length)]?.(runs[below(runs.length)] ?? 'a')
  browser.say(runs.map((runId): Change => ({ type: 'restoreRuns', runIds: [runId] })))
  // At least one thing is said after the last fault.
  faults = () => 'none'
  browser.say(
    runs.map((runId): Change => ({ type: 'setTags', runId, tags: { last: 'said' } })),
    points('a', 'last', 0, 1),
  )
  const [here, there] = await settled()
  expect(there).toEqual(here)
})

it('sends an array that is larger than a message, and goes on after a loss within it', async () => {
  let calls = 0
  faults = () => ((calls += 1) === 4 ? 'after' : 'none')
  const bytes = new Uint8Array(30 * 2 ** 20).map((_, at) => at % 251)
  const section = { runId: 'a', key: 'large', dtype: 'uint8', shape: [bytes.length], bytes } as const
  browser.say([start('a')], NO_POINTS, [
    { ...section, steps: Float64Array.of(1), times: Float64Array.of(STARTED_AT) },
  ])
  await vi.waitFor(
    () => {
      const there = onDisk()
      const { arrays } = openContents(there.database, { experimentId: null, runIds: null })
      const lengths = arrays.map(({ length }) => length)
      there.close()
      expect(lengths).toEqual([bytes.length])
    },
    { timeout: 20_000, interval: 200 },
  )
})

it('tells what is on the disk and not here, and gives it as a file', async () => {
  browser.say([start('a')], points('a', 'loss', 0, 10))
  await settled()
  const other = openBrowser('other.db')
  try {
    await vi.waitFor(() =>
      expect(other.mirror.report.lacking).toEqual([{ file: 'digits.db', name: 'digits', runs: 1 }]),
    )
    const file = await disk.read('digits.db')
    const opened = await other.store.service.openFile({ jobId: 'job', fileName: 'digits.db', file })
    expect(opened).toMatchObject({ ok: true, value: { runs: 1, points: 10 } })
    const database = opened.ok ? opened.value.database : OWN_DATABASE
    expect(await other.store.service.keepFile({ jobId: 'keep', database })).toMatchObject({
      ok: true,
      value: { kept: 1 },
    })
    await vi.waitFor(() => expect(other.mirror.report.lacking).toEqual([]), { timeout: 10_000 })
  } finally {
    other.mirror.stop()
    other.store.close()
  }
  // What was kept from the disk is no news to it.
  await settled()
})
