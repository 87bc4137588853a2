import {
  expect,
  test as base,
  type BrowserContext,
  type Download,
  type Locator,
  type Page,
} from 'playwright/test'
import { openHarness } from './harness-page.ts'
import { APP_URL } from './ports.ts'
import { createProfile, type Profile } from './profile.ts'

/** Kymo as a user sees it, in one tab. */
export class TrackerPage {
  readonly page: Page
  /** Every URL the tab and its workers asked for. */
  readonly requests: string[] = []
  /** Uncaught errors and blocked content. */
  readonly problems: string[] = []

  constructor(page: Page) {
    this.page = page
    page.on('request', (request) => this.requests.push(request.url()))
    page.on('pageerror', (error) => this.problems.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text())
    })
  }

  async goto(url = APP_URL): Promise<void> {
    await this.page.goto(url)
    await this.idle()
  }

  async reload(): Promise<void> {
    await this.page.reload()
    await this.idle()
  }

  /** Waits until no query, redraw, import or flush is pending. */
  async idle(): Promise<void> {
    await expect(this.page.locator('html')).toHaveAttribute('data-idle', 'true')
  }

  async startTraining(title: string): Promise<void> {
    await this.page
      .getByRole('listitem')
      .filter({ hasText: title })
      .getByRole('button', { name: /train/i })
      .click()
  }

  experiment(name: string) {
    const links = this.page.getByRole('navigation', { name: 'Experiments' }).getByRole('link', { name })
    return links.and(this.page.locator('.rail-entry'))
  }

  /** Shows an experiment. In front, because the browser draws a tab behind another only a few times a second. */
  async openExperiment(name: string): Promise<void> {
    await this.page.bringToFront()
    await this.experiment(name).click()
    await this.idle()
  }

  /** The chart of a metric, once it is on the screen. */
  chart(metric: string) {
    return this.page.getByRole('article', { name: metric, exact: true })
  }

  /** How many points the receipt under a chart says are in its window; 0 before there are any. */
  async drawnPoints(metric: string): Promise<number> {
    const receipt = await this.chart(metric)
      .getByText(/^[\d,]+ points?,/)
      .textContent({ timeout: 15_000 })
    return Number((receipt ?? '').split(' ')[0]?.replaceAll(',', ''))
  }

  /** The row of a run in the list. */
  run(name: string | RegExp) {
    return this.page
      .getByRole('region', { name: 'Runs' })
      .getByRole('button', { name })
      .and(this.page.locator('[data-row-focus]'))
  }

  get runRows() {
    return this.page.getByRole('region', { name: 'Runs' }).locator('[data-row-focus]')
  }

  /** Shows a run on a page of its own: a named one, or the one whose overview is open. */
  async openRunPage(name?: string | RegExp): Promise<Locator> {
    if (name !== undefined) await this.run(name).click()
    await this.page.getByRole('button', { name: 'Show the run on a page of its own' }).click()
    return this.page.getByRole('article', { name: 'Run', exact: true })
  }

  async openFile(path: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser')
    await this.page.getByRole('button', { name: 'Open a file' }).first().click()
    await (await chooser).setFiles(path)
  }

  /** Drops a file anywhere on the page, as from the desktop. */
  async dropFile(fileName: string, bytes: Buffer): Promise<void> {
    const transfer = await this.page.evaluateHandle(
      ({ fileName, base64 }) => {
        const transfer = new DataTransfer()
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0)
        transfer.items.add(new File([bytes], fileName))
        return transfer
      },
      { fileName, base64: bytes.toString('base64') },
    )
    for (const type of ['dragenter', 'dragover', 'drop']) {
      await this.page.dispatchEvent('body', type, { dataTransfer: transfer })
    }
  }

  /** The banner over an opened file. */
  get openedFile() {
    return this.page.getByRole('region', { name: 'Opened file' })
  }

  /** What the app has to say, errors among it. */
  get toasts() {
    return this.page.getByRole('status').locator('p')
  }

  /** Does what the palette finds first for some words. */
  async command(words: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k')
    const palette = this.page.getByRole('dialog', { name: 'Commands' })
    // Its code may have to be loaded first.
    await expect(palette.getByRole('combobox')).toBeFocused()
    await this.page.keyboard.type(words)
    await expect(palette.getByRole('option')).not.toHaveCount(0)
    await this.page.keyboard.press('Enter')
    await expect(palette).toBeHidden()
  }

  /** Exports what is shown; `runs` is one of the choices the dialog offers, all runs when left out. */
  async share(
    format: 'SQLite' | 'Arrow' | 'CSV' | 'JSON Lines' | 'Parquet' | 'TensorBoard',
    runs?: string | RegExp,
  ): Promise<Download> {
    await this.page.getByRole('button', { name: 'Share' }).click()
    const dialog = this.page.getByRole('dialog')
    await dialog.getByRole('radio', { name: new RegExp(format) }).check()
    if (runs !== undefined) await dialog.getByRole('radio', { name: runs }).check()
    const download = this.page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Download' }).click()
    const file = await download
    await dialog.getByRole('button', { name: 'Done' }).click()
    return file
  }
}

/** A page of the harness, where stories log as a user's training would. */
export async function openTracker(context: BrowserContext, url = APP_URL): Promise<TrackerPage> {
  const tracker = new TrackerPage(await context.newPage())
  await tracker.goto(url)
  return tracker
}

interface Fixtures {
  readonly profile: Profile
  readonly context: BrowserContext
  readonly tracker: TrackerPage
}

/** Stories start with a browser that has never seen Kymo. */
export const test = base.extend<Fixtures>({
  profile: async ({}, use) => {
    const profile = await createProfile()
    await use(profile)
    await profile.remove()
  },
  context: async ({ profile }, use) => {
    const context = await profile.launch()
    await use(context)
    await context.close().catch(() => undefined)
  },
  tracker: async ({ context }, use) => {
    await use(await openTracker(context))
  },
})

export { expect, openHarness }
