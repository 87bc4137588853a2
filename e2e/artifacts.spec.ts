import { call } from './artifact-shelf.ts'
import { crash } from './crash.ts'
import { APP_URL } from './ports.ts'
import { createProfile } from './profile.ts'
import { expect, openHarness, openTracker, test } from './tracker-page.ts'

const MEGABYTE = 2 ** 20

test.describe('artifacts', () => {
  test('are versions that survive a reload, a file, and a fresh profile, byte for byte', async ({
    context,
  }) => {
    const harness = await openHarness(context)
    const runId = await call(harness, 'start', 'bytes', 'maker')
    expect(
      await call(harness, 'log', runId, 'weights', 3 * MEGABYTE + 5, { aliases: ['best'] }),
    ).toMatchObject({
      code: 'ok',
    })
    await call(harness, 'log', runId, 'weights', MEGABYTE, { seed: 2 })
    await call(harness, 'finish', runId)
    const before = await call(harness, 'digest', 'weights:best')
    await harness.reload()
    const listed = await call(harness, 'list')
    expect(listed.map((line) => line.replace(/ \w+$/, ''))).toEqual(['weights v2 []', 'weights v1 [best]'])
    expect(await call(harness, 'digest', 'weights:best')).toBe(before)
    expect(listed[1]).toContain(before.slice(0, 12))

    const tracker = await openTracker(context)
    await tracker.openExperiment('bytes')
    const exported = await (await tracker.share('SQLite')).path()
    const fresh = await createProfile()
    const elsewhere = await fresh.launch()
    try {
      const opened = await openTracker(elsewhere)
      await opened.openFile(exported)
      await opened.openedFile.getByRole('button', { name: /^Import/ }).click()
      await expect(opened.openedFile).toBeHidden()
      await opened.idle()
      const there = await openHarness(elsewhere)
      expect(await call(there, 'list')).toEqual(listed)
      expect(await call(there, 'digest', 'weights:best')).toBe(before)
    } finally {
      await elsewhere.close()
      await fresh.remove()
    }
  })

  test('resume a training with the same weights and the same optimizer', async ({ context }) => {
    // Another tab owns the database: bytes go over to it and come back.
    await openTracker(context)
    const harness = await openHarness(context)
    expect(await call(harness, 'resume')).toEqual({ weights: 0, slots: 0 })
  })

  test('keep the newest checkpoints and the best', async ({ context }) => {
    const harness = await openHarness(context)
    const stored = await call(harness, 'checkpoint')
    expect(stored).toHaveLength(6)
    expect(stored.filter((line) => line.endsWith('kept')).length).toBeLessThanOrEqual(3)
    expect(stored.filter((line) => line.includes('best'))).toHaveLength(1)
  })

  test('are read to their end whatever the browser collects meanwhile', async ({ context }) => {
    const harness = await openHarness(context)
    const devTools = await context.newCDPSession(harness)
    const reading = call(harness, 'readFresh', 12)
    const collect = async (): Promise<null> => {
      await devTools.send('HeapProfiler.collectGarbage')
      return null
    }
    let read: number | null = null
    while (read === null) read = await Promise.race([reading, collect()])
    expect(read).toBe(12)
  })

  test('leave nothing behind when their tab is killed in the middle', async ({ context }) => {
    const harness = await openHarness(context)
    const runId = await call(harness, 'start', 'killed', 'victim')
    await call(harness, 'log', runId, 'small', 1000)
    const before = await call(harness, 'blobs')
    void call(harness, 'log', runId, 'large', 400 * MEGABYTE).catch(() => undefined)
    const stored = () => harness.evaluate(() => window.harness.story.storedBytes())
    await expect
      .poll(async () => Math.max(...(await stored())), { intervals: [20], timeout: 30_000 })
      .toBeGreaterThan(20 * MEGABYTE)
    await crash(harness)

    const after = await openHarness(context)
    expect(await call(after, 'list')).toHaveLength(1)
    await expect.poll(() => call(after, 'blobs')).toBeLessThan(before + 2 * MEGABYTE)
  })

  test('that do not fit are refused in words, and nothing else is lost', async ({ context }) => {
    const harness = await openHarness(context)
    const devTools = await context.newCDPSession(harness)
    const { origin } = new URL(APP_URL)
    const runId = await call(harness, 'start', 'full', 'hopeful')
    await call(harness, 'log', runId, 'small', 1000)
    await devTools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 40 * MEGABYTE })
    const refused = await call(harness, 'log', runId, 'large', 150 * MEGABYTE)
    expect(refused.code).toBe('storage-full')
    expect(refused.message).toMatch(/large/)
    expect(await call(harness, 'list')).toHaveLength(1)
    expect(await call(harness, 'finish', runId)).toBe(true)
    await devTools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 2_000 * MEGABYTE })
    const again = await call(harness, 'start', 'full', 'second')
    expect(await call(harness, 'log', again, 'large', 60 * MEGABYTE)).toMatchObject({ code: 'ok' })
    expect(await call(harness, 'list')).toHaveLength(2)
  })
})
