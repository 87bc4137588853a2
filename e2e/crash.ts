import type { Page } from 'playwright/test'

/** Kills a tab as the system does when it runs out of memory: no event, no flush, no goodbye. */
export async function crash(page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash')
  const devTools = await page.context().newCDPSession(page)
  // The dead renderer never answers, so there is nothing to wait for but the event.
  void devTools.send('Page.crash').catch(() => undefined)
  await crashed
  await page.close()
}
