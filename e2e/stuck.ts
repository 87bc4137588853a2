import type { Page } from 'playwright/test'

/** The tracker worker of a page. */
function trackerWorker(page: Page) {
  const worker = page.workers().find((each) => each.url().includes('tracker.worker'))
  if (worker === undefined) throw new Error('The page has no tracker worker.')
  return worker
}

/** Keeps the tracker worker of a page in an endless loop, as a query that never ends does; it hears nothing any more. */
export async function block(page: Page, ms = 600_000): Promise<void> {
  // In a task of its own: what DevTools evaluates itself the browser does not interrupt, not even to end the worker.
  await trackerWorker(page).evaluate((ms) => {
    setTimeout(() => {
      const end = Date.now() + ms
      while (Date.now() < end);
    })
  }, ms)
}

/** Keeps the page itself busy too, so that it cannot end its worker. */
export async function blockPage(page: Page): Promise<void> {
  await page.evaluate(() => {
    setTimeout(() => {
      for (;;);
    })
  })
}

/** Ends the tracker worker of a page as a crash does: nobody is told. */
export async function endWorker(page: Page): Promise<void> {
  await trackerWorker(page)
    .evaluate(() => self.close())
    .catch(() => undefined)
}

/** Stops the tracker worker of a page at a breakpoint. */
export async function pauseWorker(page: Page): Promise<void> {
  const devTools = await page.context().newCDPSession(page)
  const attached = new Promise<string>((resolve) => {
    devTools.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.url.includes('tracker.worker')) resolve(sessionId)
    })
  })
  await devTools.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  })
  const sessionId = await attached
  for (const [id, method] of ['Debugger.enable', 'Debugger.pause'].entries()) {
    await devTools.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) })
  }
}

/** Freezes a page as the browser does with tabs nobody looks at for long. */
export async function freeze(page: Page): Promise<void> {
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('Page.setWebLifecycleState', { state: 'frozen' })
}
