import { join } from 'node:path'
import type { Result } from 'axe-core'
import { decode } from 'fast-png'
import type { Page } from 'playwright'
import { complaints, THEMES } from './axe.ts'
import { HARNESS_URL } from './ports.ts'
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

/** What keeps somebody out. */
function isSerious({ impact }: Result): boolean {
  return impact === 'serious' || impact === 'critical'
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

for (const [size, viewport] of Object.entries(SIZES)) {
  test(`every widget fits a ${size} and is readable by all in both themes`, async ({ context }) => {
    const page = await context.newPage()
    await page.setViewportSize(viewport)
    const problems: string[] = []
    page.on('pageerror', ({ message }) => problems.push(message))
    await page.goto(`${HARNESS_URL}gallery.html`)
    await expect(page.locator('html')).toHaveAttribute('data-idle', 'true')
    await seeAll(page)
    expect.soft(await tooWide(page)).toEqual([])
    expect
      .soft(await page.evaluate(() => document.documentElement.scrollWidth))
      .toBeLessThanOrEqual(viewport.width)

    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme })
      await look(page, `${theme}-${size}`, true)
      expect.soft(await complaints(page, theme, 'body', isSerious), theme).toEqual([])
      for (const name of ['dialog', 'menu', 'popover']) {
        await page.getByRole('button', { name: `Open a ${name}` }).click()
        await expect(page.getByRole(name === 'menu' ? 'menu' : 'dialog')).toBeVisible()
        await look(page, `${theme}-${size}-${name}`)
        expect.soft(await complaints(page, theme, `.${name}`, isSerious), `${name}, ${theme}`).toEqual([])
        await page.keyboard.press('Escape')
        await expect(page.getByRole('button', { name: `Open a ${name}` })).toBeFocused()
      }
    }
    expect(problems).toEqual([])
  })
}
