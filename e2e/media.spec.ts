import type { Page } from 'playwright/test'
import { expect, openHarness, test } from './tracker-page.ts'

const ORANGE = [255, 128, 0, 255]

/** Every channel within a few levels: lossy files are not exact. */
function isOrange(shown: unknown): boolean {
  return Array.isArray(shown) && ORANGE.every((level, at) => Math.abs(level - Number(shown[at])) <= 4)
}

test.describe('what is made to be looked at', () => {
  test('is stored as it was when it was logged, from every source of pictures', async ({ context }) => {
    const training = await openHarness(context)
    const pictures = await training.evaluate(async () => (await window.harness.loadMedia()).logPictures())
    const mimes = Object.entries(pictures).map(([key, { meta }]) => [key, (meta as { mime?: string })?.mime])
    expect(Object.fromEntries(mimes)).toEqual({
      canvas: 'image/png',
      offscreen: 'image/png',
      webgl: 'image/png',
      bitmap: 'image/png',
      imageData: 'image/png',
      element: 'image/png',
      png: 'image/png',
      jpeg: 'image/jpeg',
      webp: 'image/webp',
      pixelsAsJpeg: 'image/jpeg',
    })
    for (const [key, { kind, meta, bytes, shown }] of Object.entries(pictures)) {
      expect([key, kind]).toEqual([key, 'image'])
      expect(meta).toMatchObject({ width: 16, height: 16, bytes })
      if (key.toLowerCase().includes('jpeg') || key === 'webp')
        expect([key, isOrange(shown)]).toEqual([key, true])
      else expect([key, shown]).toEqual([key, ORANGE])
    }
  })

  test('is made in a worker that trains too', async ({ context }) => {
    const page = await openHarness(context)
    const pictures = await page.evaluate(async () => (await window.harness.loadMedia()).logInWorker())
    expect(Object.values(pictures).map(({ shown }) => shown)).toEqual([ORANGE, ORANGE])
  })

  test('is made in the page where no worker may be started', async ({ context }) => {
    const page = await openHarness(context)
    await refuseEncoders(page)
    const pictures = await page.evaluate(async () => (await window.harness.loadMedia()).logPictures())
    expect(pictures['canvas']?.shown).toEqual(ORANGE)
    expect(pictures['imageData']?.shown).toEqual(ORANGE)
    expect(isOrange(pictures['jpeg']?.shown)).toBe(true)
  })

  test('becomes a film or a sound that plays, and a table with pictures', async ({ context }) => {
    const training = await openHarness(context)
    const films = await training.evaluate(async () => (await window.harness.loadMedia()).logFilms())
    expect(films['canvases']).toMatchObject({
      kind: 'video',
      meta: { mime: 'video/webm', width: 64, height: 64, seconds: 2 },
      shown: { videoWidth: 64, videoHeight: 64, endsRed: false },
    })
    expect(films['pixels']).toMatchObject({
      meta: { width: 33, height: 17, seconds: 0.6, caption: 'odd' },
      shown: { videoWidth: 33, videoHeight: 17 },
    })
    expect(films['tone']).toMatchObject({
      kind: 'audio',
      meta: { mime: 'audio/wav', seconds: 1 },
      shown: { duration: 1, numberOfChannels: 1 },
    })
    expect(films['table']).toMatchObject({
      kind: 'table',
      meta: {
        columns: [
          { name: 'n', type: 'number' },
          { name: 'picture', type: 'image' },
        ],
        rows: 1,
      },
    })
  })

  test('is taken of what a film shows', async ({ context }) => {
    const training = await openHarness(context)
    const { early, frame } = await training.evaluate(async () =>
      (await window.harness.loadMedia()).logFrame(),
    )
    expect(early).toEqual({ refused: 'media-unreadable: the film has no frame yet: wait until it shows one' })
    expect(frame?.meta).toMatchObject({ mime: 'image/png', width: 32, height: 32 })
    const [red, green, blue] = (frame?.shown ?? []) as number[]
    expect([red ?? 255, green ?? 255, 255 - (blue ?? 0)].every((off) => off < 40)).toBe(true)
  })

  test('is refused in words when it shows something of another site', async ({ context }) => {
    const url = 'http://other.test/picture.png'
    const refused = 'media-unreadable: it may not be read: it shows something of another site'
    for (const isWithoutWorkers of [false, true]) {
      const training = await openHarness(context)
      await training.route(url, (route) => route.fulfill({ contentType: 'image/png', body: PIXEL }))
      if (isWithoutWorkers) await refuseEncoders(training)
      const words = await training.evaluate(
        async (url) => (await window.harness.loadMedia()).logForeign(url),
        url,
      )
      expect(words).toEqual({ element: { refused }, canvas: { refused } })
    }
  })

  test('is refused in words when it is damaged, and nothing of it runs', async ({ context }) => {
    const training = await openHarness(context)
    const dialogs: string[] = []
    training.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    const refused = await training.evaluate(async () => (await window.harness.loadMedia()).logDamaged())
    const words = Object.entries(refused).map(([key, { refused }]) => [key, refused])
    expect(Object.fromEntries(words)).toEqual({
      cut: 'media-unreadable: a damaged file: it begins as image/png but does not decode',
      garbled: 'media-unreadable: a damaged file: it begins as image/png but does not decode',
      svg: 'media-unreadable: an SVG can hold scripts: draw it on a canvas and log that',
      text: 'media-unreadable: no picture: PNG, JPEG, WebP, GIF or AVIF',
      empty: 'media-unreadable: the picture is 0 × 0 pixels',
      closed: 'media-unreadable: it cannot be read: The image source is not usable.',
      unloaded: expect.stringContaining('media-unreadable: it cannot be read: '),
      film: 'media-unreadable: no film: WebM, MP4 or Ogg',
      frames: 'media-unreadable: frame 1 is 16 × 16, the first 8 × 8',
      sound: 'media-unreadable: no sound: WAV, MP3, Ogg, FLAC, M4A or WebM',
    })
    expect(dialogs).toEqual([])
  })
})

/** The smallest picture there is. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** As under a policy that lets only the tracker start: the page hears of it as an error of the worker. */
async function refuseEncoders(page: Page): Promise<void> {
  await page.evaluate(() => {
    const NativeWorker = window.Worker
    window.Worker = class extends NativeWorker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(
          options?.name?.includes('encoder') ? 'data:text/javascript,throw new Error("refused")' : url,
          options,
        )
      }
    }
  })
}
