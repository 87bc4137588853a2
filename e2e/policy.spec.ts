import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright/test'
import { APP_URL } from './ports.ts'
import { expect, openTracker, test, type TrackerPage } from './tracker-page.ts'

/** The policy of the design, word for word; not read from the build, which it is there to check. */
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'"

const FOREIGN = 'https://example.com/'

/** Every way a page could speak to another host, and the directive that forbids it. */
const ATTEMPTS: readonly { readonly way: string; readonly directive: string }[] = [
  { way: 'fetch', directive: 'connect-src' },
  { way: 'xhr', directive: 'connect-src' },
  { way: 'socket', directive: 'connect-src' },
  { way: 'events', directive: 'connect-src' },
  { way: 'beacon', directive: 'connect-src' },
  { way: 'image', directive: 'img-src' },
  { way: 'script', directive: 'script-src-elem' },
  { way: 'import', directive: 'script-src-elem' },
  { way: 'style', directive: 'style-src-elem' },
  { way: 'font', directive: 'font-src' },
  { way: 'video', directive: 'media-src' },
  { way: 'frame', directive: 'frame-src' },
  { way: 'object', directive: 'object-src' },
  { way: 'base', directive: 'base-uri' },
  { way: 'form', directive: 'form-action' },
  { way: 'worker', directive: 'worker-src' },
  { way: 'eval', directive: 'script-src' },
  { way: 'inline', directive: 'script-src-elem' },
]

/** Tries one way from within the page; answers which directives were violated by it. */
async function attempt(page: Page, way: string): Promise<readonly string[]> {
  return page.evaluate(
    async ({ way, url }) => {
      const violated: string[] = []
      const heard = new Promise<void>((resolve) => {
        addEventListener('securitypolicyviolation', (event) => {
          violated.push(event.effectiveDirective)
          resolve()
        })
      })
      const { body } = document
      const add = (tag: string, attributes: Record<string, string>): HTMLElement => {
        const element = document.createElement(tag)
        for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
        return body.appendChild(element)
      }
      const ways: Record<string, () => unknown> = {
        fetch: () => fetch(url),
        xhr: () => {
          const request = new XMLHttpRequest()
          request.open('GET', url)
          request.send()
        },
        socket: () => new WebSocket(url.replace('https', 'wss')),
        events: () => new EventSource(url),
        beacon: () => navigator.sendBeacon(url, 'all your runs'),
        image: () => add('img', { src: url }),
        script: () => add('script', { src: url }),
        import: () => import(/* @vite-ignore */ `${url}module.js`),
        style: () => add('link', { rel: 'stylesheet', href: url }),
        font: () => new FontFace('stolen', `url(${url})`).load(),
        video: () => add('video', { src: url }),
        frame: () => add('iframe', { src: url }),
        object: () => add('object', { data: url }),
        base: () => add('base', { href: url }),
        form: () => (add('form', { action: url, method: 'post' }) as HTMLFormElement).submit(),
        worker: () => new Worker(`data:text/javascript,fetch('${url}')`),
        // From a task of the page: the one that DevTools started may evaluate.
        eval: () => setTimeout(() => Reflect.set(window, 'ranInline', new Function('return true')())),
        inline: () => {
          const script = document.createElement('script')
          script.textContent = 'window.ranInline = true'
          body.append(script)
        },
      }
      try {
        // A refusal that is thrown or rejected is a refusal; what counts is the event.
        void Promise.resolve(ways[way]?.()).catch(() => undefined)
      } catch (thrown) {
        if (!(thrown instanceof Error)) throw thrown
      }
      await Promise.race([heard, new Promise((resolve) => setTimeout(resolve, 3_000))])
      return violated
    },
    { way, url: FOREIGN },
  )
}

/** Notes every request that gets as far as the network, and lets none out. */
async function catchForeign(context: BrowserContext): Promise<string[]> {
  const left: string[] = []
  await context.route(
    (url) => url.origin !== new URL(APP_URL).origin,
    async (route) => {
      left.push(route.request().url())
      await route.fulfill({ body: '', headers: { 'access-control-allow-origin': '*' } })
    },
  )
  return left
}

async function expectAllBlocked(tracker: TrackerPage): Promise<void> {
  for (const { way, directive } of ATTEMPTS) {
    const violated = await attempt(tracker.page, way)
    expect.soft(violated, way).toContain(directive)
  }
  expect(await tracker.page.evaluate(() => 'ranInline' in window)).toBe(false)
}

test.describe('the content security policy', () => {
  test('is in the built page and in the header of the server, word for word', async ({
    context,
    tracker,
  }) => {
    const built = await readFile(join(import.meta.dirname, '../dist/app/index.html'), 'utf8')
    expect(built.match(/http-equiv/g)).toHaveLength(1)
    const meta = tracker.page.locator('meta[http-equiv="Content-Security-Policy"]')
    await expect(meta).toHaveAttribute('content', POLICY)
    const response = await context.request.get(APP_URL)
    expect(response.headers()['content-security-policy']).toBe(POLICY)
  })

  test('lets nothing reach another host', async ({ context, tracker }) => {
    const left = await catchForeign(context)
    await expectAllBlocked(tracker)
    const [worker] = tracker.page.workers()
    const answer = await worker?.evaluate(
      (url) =>
        fetch(url).then(
          () => 'reached',
          () => 'blocked',
        ),
      FOREIGN,
    )
    expect(answer, 'fetch from the tracker worker').toBe('blocked')
    expect(left).toEqual([])
  })

  test('holds by the page alone, on a host that sends no header', async ({ context }) => {
    const left = await catchForeign(context)
    await context.route(`${APP_URL}**`, async (route) => {
      const response = await route.fetch()
      const headers = response.headers()
      delete headers['content-security-policy']
      await route.fulfill({ response, headers })
    })
    const tracker = await openTracker(context)
    const answered = await tracker.page.reload()
    expect(answered?.headers()['content-security-policy']).toBeUndefined()
    await tracker.idle()
    await expectAllBlocked(tracker)
    expect(left).toEqual([])
  })

  test('is never broken by the app itself', async ({ context }) => {
    const tracker = await openTracker(context)
    await tracker.page.getByRole('button', { name: 'Train Iris sweep' }).click()
    await expect.poll(() => tracker.runRows.count(), { timeout: 60_000 }).toBeGreaterThanOrEqual(2)
    await expect(tracker.chart('val_acc')).toContainText(/points/)
    await tracker.chart('val_acc').getByRole('img').hover()
    await tracker.runRows.first().click()
    await tracker.share('SQLite')
    await tracker.page.getByRole('button', { name: 'Stop' }).click()
    await expect(tracker.page.getByRole('button', { name: 'Stop' })).toBeHidden()
    await tracker.idle()
    // Chromium reports each violation as an error in the console.
    expect(tracker.problems).toEqual([])
  })
})
