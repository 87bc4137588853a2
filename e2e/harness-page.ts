import type { BrowserContext, Page } from 'playwright'
import { HARNESS_URL } from './ports.ts'

/** A page of the harness, once it answers. */
export async function openHarness(context: BrowserContext, url = HARNESS_URL): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url)
  await page.waitForFunction(() => 'harness' in window, undefined, { polling: 50 })
  return page
}
