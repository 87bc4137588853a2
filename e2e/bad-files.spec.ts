import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createProfile } from './profile.ts'
import { createPlainDatabase } from './sharing/read-sqlite.ts'
import { expect, openHarness, openTracker, test, type TrackerPage } from './tracker-page.ts'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const TWO_GIGABYTES = 2 * 2 ** 30

/** Whatever is in it, a file that cannot be opened is refused while the user still looks at it. */
const REFUSED_WITHIN_MS = 5_000

let directory = ''
let exportedDb = Buffer.alloc(0)
let exportedArrow = Buffer.alloc(0)

/** A copy with other bytes at an offset. */
function patched(file: Buffer, offset: number, bytes: Buffer): Buffer {
  const copy = Buffer.from(file)
  bytes.copy(copy, offset)
  return copy
}

function half(file: Buffer): Buffer {
  return file.subarray(0, file.length >> 1)
}

/** Bytes that mean nothing, the same in every run. */
function noise(length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, index) => (index * 7919 + (index >> 3) * 131) % 251))
}

/** A file that says it is 2 GB long but takes no room on the disk. */
async function writeSparse(name: string, head: Buffer, tail: Buffer): Promise<string> {
  const path = join(directory, name)
  const file = await open(path, 'w')
  await file.truncate(TWO_GIGABYTES)
  await file.write(head, 0, head.length, 0)
  await file.write(tail, 0, tail.length, TWO_GIGABYTES - tail.length)
  await file.close()
  return path
}

test.beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kymo-bad-files-'))
  const profile = await createProfile()
  const context = await profile.launch()
  const harness = await openHarness(context)
  await harness.evaluate(async () => {
    const { story } = window.harness
    const runId = story.init({ experiment: 'good', name: 'good' })
    await story.logWave(runId, 'loss', 0, 5_000)
    await story.finish(runId)
  })
  const tracker = await openTracker(context)
  await tracker.openExperiment('good')
  exportedDb = await readFile(await (await tracker.share('SQLite')).path())
  exportedArrow = await readFile(await (await tracker.share('Arrow')).path())
  await context.close()
  await profile.remove()
})
test.afterAll(() => rm(directory, { recursive: true, force: true }))

interface BadFile {
  readonly name: string
  /** Bytes, or the path of a file of that name. */
  readonly content: Buffer | string
  readonly reason: RegExp
}

async function expectRefused(tracker: TrackerPage, { name, content, reason }: BadFile): Promise<void> {
  await tracker.openFile(typeof content === 'string' ? content : { name, mimeType: '', buffer: content })
  const started = Date.now()
  const toast = tracker.toasts.filter({ hasText: name })
  await expect(toast).toBeVisible()
  await expect(toast).toContainText(reason)
  expect(Date.now() - started).toBeLessThan(REFUSED_WITHIN_MS)
  await tracker.idle()
  await tracker.page.getByRole('button', { name: 'Dismiss' }).click()
  await expect(tracker.toasts).toHaveCount(0)
}

test.describe('a file that cannot be opened', () => {
  test('is refused by name and reason, and nothing changes', async ({ context, tracker }) => {
    const harness = await openHarness(context)
    const before = await harness.evaluate(() => window.harness.story.storedBytes())
    await tracker.page.bringToFront()
    const newer = Buffer.from([0, 0, 0, 99])
    const files: readonly BadFile[] = [
      { name: 'cat.png', content: PNG, reason: /neither a Kymo database .* nor an Arrow file/ },
      {
        name: 'bookmarks.db',
        content: await createPlainDatabase(
          'create table moz_places (url text); insert into moz_places values (1)',
        ),
        reason: /SQLite database, but not one exported by Kymo/,
      },
      { name: 'half.db', content: half(exportedDb), reason: /cut off/ },
      { name: 'half.arrow', content: half(exportedArrow), reason: /cut off/ },
      { name: 'next-year.db', content: patched(exportedDb, 60, newer), reason: /newer Kymo/ },
      { name: 'empty.db', content: Buffer.alloc(0), reason: /empty/ },
      { name: 'empty.arrow', content: Buffer.alloc(0), reason: /empty/ },
      { name: 'noise.db', content: noise(100_000), reason: /neither a Kymo database .* nor an Arrow file/ },
      {
        name: 'scratched.db',
        content: patched(exportedDb, 200, noise(exportedDb.length - 200)),
        reason: /damaged|cannot be opened/,
      },
      {
        name: 'scratched.arrow',
        content: patched(exportedArrow, 8, noise(exportedArrow.length - 20)),
        reason: /damaged|cannot be opened/,
      },
    ]
    for (const file of files) await test.step(file.name, () => expectRefused(tracker, file))

    await expect(tracker.page.getByRole('heading', { name: 'Nothing tracked yet' })).toBeVisible()
    await expect(tracker.page.getByRole('heading', { name: 'Opened files' })).toBeHidden()
    const { files: left } = await harness.evaluate(() => window.harness.story.storage())
    expect(left).toEqual([])
    const after = await harness.evaluate(() => window.harness.story.storedBytes())
    expect(Math.max(...after)).toBeLessThan(Math.max(...before) + 200_000)
    expect(tracker.problems).toEqual([])
  })

  test('is refused at once when it is two gigabytes of noise', async ({ context, tracker }) => {
    const head = noise(65_536)
    const pages = Buffer.alloc(4)
    pages.writeUInt32BE(TWO_GIGABYTES / exportedDb.readUInt16BE(16))
    const sparse: readonly BadFile[] = [
      { name: 'noise-2gb.db', content: await writeSparse('noise-2gb.db', head, head), reason: /neither/ },
      {
        name: 'noise-2gb.arrow',
        content: await writeSparse(
          'noise-2gb.arrow',
          Buffer.from('ARROW1\0\0'),
          Buffer.from('\xff\0\0\0ARROW1', 'latin1'),
        ),
        reason: /damaged|cannot be opened|cut off/,
      },
      {
        // A header that promises a database of ours of just that size.
        name: 'inflated-2gb.db',
        content: await writeSparse('inflated-2gb.db', patched(exportedDb.subarray(0, 100), 28, pages), head),
        reason: /damaged|cannot be opened|cut off/,
      },
    ]
    for (const file of sparse) await test.step(file.name, () => expectRefused(tracker, file))
    const harness = await openHarness(context)
    expect((await harness.evaluate(() => window.harness.story.storage())).files).toEqual([])
    expect(tracker.problems).toEqual([])
  })
})
