import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import { decode } from 'fast-png'
import type { Page } from 'playwright'
import { HARNESS_URL } from './ports.ts'
import { createProfile } from './profile.ts'
import { expect, test } from './tracker-page.ts'

const FOLDER = join(import.meta.dirname, '../test-results/gallery')
const SIZES = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const

/** Goes through the page: pictures are loaded where they are seen. */
async function seeAll(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const widget of document.querySelectorAll('.gallery-widget')) {
      widget.scrollIntoView()
      await new Promise(requestAnimationFrame)
    }
    scrollTo(0, 0)
    await Promise.all([...document.images].map((image) => image.decode()))
  })
}

/** What axe has against the page that keeps somebody out, one line each. */
async function seriousComplaints(page: Page, within = 'body'): Promise<readonly string[]> {
  await page.evaluate(
    await readFile(join(import.meta.dirname, '../node_modules/axe-core/axe.min.js'), 'utf8'),
  )
  const { violations } = (await page.evaluate(
    `axe.run('${within}', { resultTypes: ["violations"] })`,
  )) as AxeResults
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
    )
}

/** The states whose widget is wider than its room, by file and name. */
function tooWide(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.gallery-room')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map((room) => `${room.closest('article')?.id}: ${room.previousElementSibling?.textContent}`),
  )
}

/** How many pixels are of the colour of a token that is missing. */
function missingIn(png: Uint8Array): number {
  const { data, channels } = decode(png)
  let missing = 0
  for (let at = 0; at < data.length; at += channels) {
    if (data[at] === 255 && data[at + 1] === 0 && data[at + 2] === 255) missing += 1
  }
  return missing
}

/** Takes a picture for people to look at, and looks for what a missing token leaves in it. */
async function look(page: Page, name: string, fullPage = false): Promise<void> {
  const png = await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled', fullPage })
  expect.soft(missingIn(png), `${name} has every colour`).toBe(0)
}

for (const theme of ['dark', 'light'] as const) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    test(`every widget fits a ${size} and is readable by all in the ${theme} theme`, async () => {
      await mkdir(FOLDER, { recursive: true })
      const profile = await createProfile()
      const context = await profile.launch({ colorScheme: theme, viewport })
      const page = await context.newPage()
      const problems: string[] = []
      page.on('pageerror', ({ message }) => problems.push(message))
      await page.goto(`${HARNESS_URL}gallery.html`)
      await expect(page.locator('html')).toHaveAttribute('data-idle', 'true')
      await seeAll(page)
      await look(page, `${theme}-${size}`, true)
      expect.soft(await tooWide(page)).toEqual([])
      expect
        .soft(await page.evaluate(() => document.documentElement.scrollWidth))
        .toBeLessThanOrEqual(viewport.width)
      expect.soft(await seriousComplaints(page)).toEqual([])

      for (const name of ['dialog', 'menu', 'popover']) {
        await page.getByRole('button', { name: `Open a ${name}` }).click()
        await expect(page.getByRole(name === 'menu' ? 'menu' : 'dialog')).toBeVisible()
        await look(page, `${theme}-${size}-${name}`)
        expect.soft(await seriousComplaints(page, `.${name}`)).toEqual([])
        await page.keyboard.press('Escape')
        await expect(page.getByRole('button', { name: `Open a ${name}` })).toBeFocused()
      }
      expect(problems).toEqual([])
      await context.close()
      await profile.remove()
    })
  }
}
