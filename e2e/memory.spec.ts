import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { BROWSER_ARGS, ensureBrowser } from '../scripts/browser.mjs'
import { APP_PORT } from './ports.ts'
import type { Profile } from './profile.ts'
import { openPlainDatabase } from './sharing/read-sqlite.ts'
import { expect, openTracker, test, type TrackerPage } from './tracker-page.ts'

/** Says so, for as long as it is true. */
async function expectMemoryBanner(tracker: TrackerPage): Promise<void> {
  const banner = tracker.page.getByRole('region', { name: 'Nothing is stored on this device' })
  await expect(banner).toContainText('In memory only.')
  await expect(tracker.page.getByRole('contentinfo')).toContainText('In memory, gone when the tab closes')
}

/** Downloads by the button of the banner; answers how many points are in the file. */
async function downloadByBanner(tracker: TrackerPage): Promise<unknown> {
  const banner = tracker.page.getByRole('region', { name: 'Nothing is stored on this device' })
  await banner.getByRole('button', { name: 'Download' }).click()
  const dialog = tracker.page.getByRole('dialog')
  const download = tracker.page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Download' }).click()
  using database = await openPlainDatabase(await (await download).path())
  await dialog.getByRole('button', { name: 'Done' }).click()
  return database.rows('select count(*) from metrics')[0]?.[0]
}

/** Tracks in the page of the dashboard itself, as a page that shows Kymo beside its training does. */
async function trackBatches(tracker: TrackerPage, batches: number): Promise<void> {
  await tracker.page.evaluate(
    async ({ url, batches }) => {
      await import(/* @vite-ignore */ url)
      await window.inApp.trackBatches('here', batches, () => Promise.resolve())
    },
    { url: new URL('harness/in-app.js', tracker.page.url()).href, batches },
  )
}

async function expectTrackingInMemory(tracker: TrackerPage): Promise<void> {
  await expectMemoryBanner(tracker)
  await trackBatches(tracker, 300)
  await tracker.openExperiment('here')
  await expect.poll(() => tracker.drawnPoints('batch/loss')).toBe(300)
  await expectMemoryBanner(tracker)
  expect(await downloadByBanner(tracker)).toBe(600)
}

test.describe('where nothing can be stored', () => {
  test('tracking works in memory on an origin that is not secure', async ({ profile }) => {
    const context = await profile.launch({ args: ['--host-resolver-rules=MAP kymo.test 127.0.0.1'] })
    const tracker = await openTracker(context, `http://kymo.test:${APP_PORT}/`)
    expect(await tracker.page.evaluate(() => isSecureContext)).toBe(false)
    await expectTrackingInMemory(tracker)
    await context.close()
  })

  test('a demo training works in memory on an origin that is not secure', async ({ profile }) => {
    const context = await profile.launch({ args: ['--host-resolver-rules=MAP kymo.test 127.0.0.1'] })
    const tracker = await openTracker(context, `http://kymo.test:${APP_PORT}/`)
    await tracker.page.getByRole('button', { name: 'Train Digits' }).click()
    await expect.poll(() => tracker.drawnPoints('val_acc'), { timeout: 40_000 }).toBeGreaterThanOrEqual(2)
    await expectMemoryBanner(tracker)
    await context.close()
  })

  test('tracking works in memory where pages may not start workers', async ({ context }) => {
    await context.addInitScript(() => Reflect.deleteProperty(globalThis, 'Worker'))
    const tracker = await openTracker(context)
    expect(await tracker.page.evaluate(() => 'Worker' in window)).toBe(false)
    await expectTrackingInMemory(tracker)
  })

  test('tracking works in memory where the browser blocks site data', async ({ profile }) => {
    await blockSiteData(profile)
    const context = await profile.launch()
    const tracker = await openTracker(context)
    await expectTrackingInMemory(tracker)
    await context.close()
  })

  test('tracking works in a private window', async () => {
    const executablePath = await ensureBrowser()
    const browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: BROWSER_ARGS,
    })
    const context = await browser.newContext()
    const tracker = await openTracker(context)
    await trackBatches(tracker, 300)
    await tracker.openExperiment('here')
    await expect.poll(() => tracker.drawnPoints('batch/loss')).toBe(300)
    expect(tracker.problems).toEqual([])
    await browser.close()
  })
})

/** Sets what the switch "Block all site data" of the browser's settings sets: OPFS, locks and localStorage refuse. */
async function blockSiteData({ directory }: Profile): Promise<void> {
  await mkdir(join(directory, 'Default'), { recursive: true })
  await writeFile(
    join(directory, 'Default', 'Preferences'),
    JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }),
  )
}
