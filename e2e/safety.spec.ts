import { readFile } from 'node:fs/promises'
import { APP_URL } from './ports.ts'
import { expect, openHarness, openTracker, test, type TrackerPage } from './tracker-page.ts'

/** Texts that run if anything ever takes them for markup, for a template or for an address. */
const HOSTILE = [
  '<img src=x onerror="window.pwned=1">',
  '<script>window.pwned=2</script>',
  'javascript:window.pwned=3',
  '"><svg onload="window.pwned=4">',
  '${window.pwned=5}{{window.pwned=5}}',
] as const
const [IMG, SCRIPT, ADDRESS, SVG, TEMPLATE] = HOSTILE

function isLocal(url: string): boolean {
  return url.startsWith(APP_URL) || url.startsWith(`blob:${APP_URL}`) || url.startsWith('data:')
}

/** Nothing of ours is ever made of these. */
async function expectNothingRan(tracker: TrackerPage): Promise<void> {
  const found = await tracker.page.evaluate(() => ({
    pwned: Reflect.get(window, 'pwned') ?? null,
    images: document.querySelectorAll('img[src="x"], [onerror], [onload]').length,
    scripts: [...document.scripts].filter((script) => !script.src.startsWith(location.origin)).length,
    addresses: document.querySelectorAll('[href^="javascript" i], [src^="javascript" i]').length,
  }))
  expect(found).toEqual({ pwned: null, images: 0, scripts: 0, addresses: 0 })
}

test.describe('the app', () => {
  test('never runs what names, params, tags, notes and file names say', async ({ context, tracker }) => {
    const harness = await openHarness(context)
    await harness.evaluate(
      async ({ texts }) => {
        const { story } = window.harness
        const pairs = Object.fromEntries(texts.map((text) => [text, text]))
        for (const name of texts) {
          const runId = story.init({
            experiment: texts.join(' '),
            name,
            params: { ...pairs, nested: pairs },
            tags: pairs,
            notes: texts.join('\n'),
            environment: pairs,
            group: texts[0] ?? '',
            jobType: texts[1] ?? '',
          })
          for (const key of texts) {
            for (let step = 0; step < 3; step += 1) story.log(runId, { [key]: step }, { step })
            story.log(runId, { [`refused ${key}`]: key })
          }
          await story.finish(runId)
        }
      },
      { texts: HOSTILE },
    )
    const experiment = HOSTILE.join(' ')
    await tracker.openExperiment(experiment)
    await expect(tracker.chart(IMG)).toContainText('15 points')
    await expect(tracker.chart(SCRIPT)).toBeAttached()
    await tracker.chart(IMG).scrollIntoViewIfNeeded()
    await tracker.chart(IMG).getByRole('img').first().hover()
    await expect(tracker.chart(IMG)).toContainText(/step \d/)
    await expect(tracker.chart(IMG)).toContainText(SVG)
    await expectNothingRan(tracker)

    await tracker.run(new RegExp('onerror')).click()
    const overview = tracker.page.getByRole('complementary', { name: 'Run overview' })
    for (const words of [SCRIPT, ADDRESS, TEMPLATE]) await expect(overview).toContainText(words)
    await expect(overview.getByRole('list', { name: 'Refused values' })).toContainText(`string "${ADDRESS}"`)
    await expectNothingRan(tracker)

    const file = await tracker.share('SQLite')
    await expectNothingRan(tracker)
    const name = '<img src=x onerror=window.pwned=6>.db'
    await tracker.openFile({ name, mimeType: '', buffer: await readFile(await file.path()) })
    await expect(tracker.openedFile).toContainText(name)
    await expect(tracker.runRows).toHaveCount(HOSTILE.length)
    await tracker.run(new RegExp('svg')).click()
    await expect(overview).toContainText(SCRIPT)
    await expectNothingRan(tracker)
    await tracker.openFile({ name, mimeType: '', buffer: Buffer.from('not a file of ours') })
    await expect(tracker.toasts.filter({ hasText: name })).toBeVisible()
    await expectNothingRan(tracker)
    expect(tracker.problems).toEqual([])
  })

  test('asks nobody but its own origin for anything, from first visit to opened file', async ({
    context,
  }) => {
    const requests: string[] = []
    context.on('request', (request) => requests.push(request.url()))
    context.on('serviceworker', (worker) => requests.push(worker.url()))
    const sockets: string[] = []
    context.on('page', (page) => page.on('websocket', (socket) => sockets.push(socket.url())))
    const tracker = await openTracker(context)
    await tracker.page.getByRole('button', { name: 'Train Digits' }).click()
    await expect.poll(() => tracker.drawnPoints('val_acc'), { timeout: 40_000 }).toBeGreaterThanOrEqual(2)
    await tracker.page.getByRole('button', { name: 'Stop' }).click()
    await expect(tracker.page.getByRole('button', { name: 'Stop' })).toBeHidden()
    const file = await tracker.share('Arrow')
    await tracker.openFile({
      name: 'digits.arrow',
      mimeType: '',
      buffer: await readFile(await file.path()),
    })
    await expect(tracker.openedFile).toBeVisible()
    await tracker.idle()

    const ours = requests.filter((url) => url.startsWith(APP_URL))
    const workers = ['tracker.worker', 'training.worker', 'digits.bin', '.wasm']
    for (const part of workers)
      expect(
        ours.some((url) => url.includes(part)),
        part,
      ).toBe(true)
    expect(requests.filter((url) => !isLocal(url))).toEqual([])
    expect(sockets).toEqual([])
    expect(tracker.problems).toEqual([])
  })
})
