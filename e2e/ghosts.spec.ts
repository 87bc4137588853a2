import { spawn } from 'node:child_process'
import { chromium, type BrowserContext, type Page } from 'playwright/test'
import { BROWSER_ARGS, ensureBrowser } from '../scripts/browser.mjs'
import { createProfile } from './profile.ts'
import { LIBRARY, openHost, type Host } from './host-server.ts'
import { expect, openHarness, test } from './tracker-page.ts'

/** A module that begins a training when it is loaded, as a development server loads it again after every change. */
const TRAINING = `
import { init } from '/lib/kymo.js'
const run = init({ experiment: 'reloaded', params: {} })
run.log({ loss: 1 })
globalThis.latest = run
await run.flush()
`
const PAGE = `<!doctype html><title>ghosts</title><script type="module">
import { init, readRuns } from '/lib/kymo.js'
globalThis.init = init
globalThis.statuses = async () => {
  const { value } = await readRuns()
  return value.map(({ status }) => status).toSorted().join()
}
</script>`

let host: Host
test.beforeAll(async () => {
  const files = { '/index.html': PAGE, '/train.js': TRAINING }
  host = await openHost({ files, folders: { '/lib/': `${LIBRARY}/` } })
})
test.afterAll(() => host.close())

async function open(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.goto(host.url)
  await page.waitForFunction(() => 'statuses' in globalThis, undefined, { polling: 100 })
  return page
}

const statuses = (page: Page): Promise<string> => page.evaluate('statuses()') as Promise<string>

test.describe('a run that nobody can log into any more', () => {
  test('ends when its module is replaced by a hot reload, so that one runs after ten', async ({
    context,
  }) => {
    const page = await open(context)
    await page.evaluate(`(async () => {
      await import('/train.js')
      for (let time = 1; time <= 10; time += 1) await import('/train.js?t=' + time)
    })()`)
    await expect.poll(() => statuses(page)).toBe([...Array(10).fill('killed'), 'running'].join())
    // The newest is the one that runs on.
    expect(await page.evaluate('latest.log({ loss: 2 }), latest.finish().then(({ ok }) => ok)')).toBe(true)
    expect(await statuses(page)).toBe(['finished', ...Array(10).fill('killed')].join())
  })

  test('ends when what it is logged with is let go of', async ({ context }) => {
    const page = await open(context)
    await page.evaluate(`(() => {
      globalThis.held = init({ experiment: 'held', params: {} })
      init({ experiment: 'let go of', params: {} }).log({ loss: 1 })
    })()`)
    const browser = await context.newCDPSession(page)
    await expect
      .poll(async () => {
        await browser.send('HeapProfiler.collectGarbage')
        return statuses(page)
      })
      .toBe('killed,running')
    expect(await page.evaluate('held.log({ loss: 1 }), held.status')).toBe('running')
  })

  test('is marked where it ended at once, as an effect that runs twice leaves it', async ({
    context,
    tracker,
  }) => {
    const harness = await openHarness(context)
    await harness.evaluate(async () => {
      const { story } = window.harness
      await story.finish(story.init({ experiment: 'twice', name: 'double' }))
      await story.flush(story.init({ experiment: 'twice', name: 'real' }))
    })
    await tracker.openExperiment('twice')
    await tracker.openRunPage(/double/)
    await expect(tracker.page.locator('.run-page-timeline')).toContainText(
      'ended at once, with nothing logged',
    )
  })
})

/** Trains, goes to another page that goes back, and tells how it is found then. */
const LEAVING = `<!doctype html><title>leaving</title><script type="module">
import { init, readRuns } from '/lib/kymo.js'
const tell = (what) => fetch('/told?' + encodeURIComponent(what))
addEventListener('pageshow', async ({ persisted }) => {
  if (!persisted) return
  run.log({ loss: 2 })
  await run.finish()
  const { value } = await readRuns()
  tell('restored: ' + value.map(({ id, status }) => (id === run.id ? status : 'another')).join())
})
if (sessionStorage.getItem('left')) tell('loaded anew')
const run = init({ experiment: 'left', params: {} })
init({ experiment: 'let go of', params: {} }).log({ loss: 1 })
run.log({ loss: 1 })
await run.flush()
sessionStorage.setItem('left', 'yes')
location.href = '/away.html'
</script>`
const AWAY = '<!doctype html><title>away</title><script>setTimeout(() => history.back(), 500)</script>'

/** A browser of its own: one that is driven puts no page into the cache. */
test('comes back from the back/forward cache as the same live run', async () => {
  // A browser that is short of anything drops what it cached; that is no answer to what is asked here.
  let told = await leaveAndComeBack()
  for (let attempt = 0; attempt < 2 && told.includes('loaded anew'); attempt += 1)
    told = await leaveAndComeBack()
  expect(told).toEqual(['restored: another,finished'])
})

/** What the page tells of how it was found again. */
async function leaveAndComeBack(): Promise<readonly string[]> {
  const told: string[] = []
  const files = { '/index.html': LEAVING, '/away.html': AWAY }
  const own = await openHost({
    files,
    folders: { '/lib/': `${LIBRARY}/` },
    onRequest: ({ pathname, search }) =>
      pathname === '/told' && told.push(decodeURIComponent(search.slice(1))),
  })
  const profile = await createProfile()
  const flags = ['--headless=new', ...BROWSER_ARGS, `--user-data-dir=${profile.directory}`, own.url]
  const path = (await ensureBrowser()) ?? chromium.executablePath()
  const browser = spawn(path, flags, { stdio: 'ignore', detached: true })
  try {
    await expect.poll(() => told.length).toBeGreaterThan(0)
    return [...told]
  } finally {
    if (browser.pid !== undefined) process.kill(-browser.pid, 'SIGKILL')
    await own.close()
    await profile.remove()
  }
}
