import type { Page, Worker } from 'playwright'
import { WORKERS_MEETING } from '../../src/protocol/version.ts'
import { crash } from '../crash.ts'
import { HARNESS_URL } from '../ports.ts'
import type { Profile } from '../profile.ts'
import { killBrowser, launchBrowser, type RunningBrowser } from './kill-browser.ts'
import type { ExpectedRun, Listing, TabPlan, Told } from './messages.ts'
import type { AuditReport } from './outcome.ts'
import { pause, within } from './within.ts'

const OPEN_MS = 30_000
const ASK_MS = 10_000
/** The lock of a dead owner passes on in some ten ms; a tab that was just opened has to load its worker first. */
const OWNER_MS = 10_000
const POLL_MS = 20
/** A tab whose worker was terminated may need its call deadline to notice. */
const LIST_MS = 45_000
/** A little longer than the page itself is patient. */
const QUIET_MS = 90_000
const AUDIT_MS = 300_000

export interface Tab {
  readonly name: string
  readonly page: Page
  isDead: boolean
}

/** One browser after another on one profile, with tabs that log in it. */
export interface Fleet {
  readonly tabs: readonly Tab[]
  /** Opens a tab that logs by the plan. */
  open(plan: TabPlan): Promise<void>
  /** The tab whose worker owns the database, or is about to open it; undefined when none comes to in a while. */
  owner(): Promise<Tab | undefined>
  crash(tab: Tab): Promise<void>
  terminateWorker(tab: Tab): Promise<void>
  quiet(): Promise<void>
  /** The runs as a living tab sees them, or a fresh one when there is none. */
  list(): Promise<Listing>
  /** Ends the browser, by SIGKILL or as a user does, and starts another one on the same profile. */
  restart(how: 'killed' | 'closed'): Promise<void>
  audit(expected: readonly ExpectedRun[]): Promise<AuditReport>
  close(): Promise<void>
}

export interface FleetOptions {
  readonly profile: Profile
  readonly onTold: (told: Told) => void
  /** A tab died, of a kill or by itself. */
  readonly onDeath: (tab: Tab) => void
}

export async function launchFleet({ profile, onTold, onDeath }: FleetOptions): Promise<Fleet> {
  let tabs: Tab[] = []
  let browser = await launch()

  async function launch(): Promise<RunningBrowser> {
    const launched = await launchBrowser(profile)
    await launched.context.exposeFunction('tellTorture', onTold)
    return launched
  }

  function bury(tab: Tab): void {
    if (tab.isDead) return
    tab.isDead = true
    tabs = tabs.filter((each) => each !== tab)
    onDeath(tab)
  }

  async function openPage(): Promise<Page> {
    const page = await within(OPEN_MS, 'a new tab', browser.context.newPage())
    await page.goto(HARNESS_URL, { timeout: OPEN_MS })
    await page.waitForFunction(() => 'harness' in window, undefined, { polling: 50, timeout: OPEN_MS })
    return page
  }

  return {
    get tabs() {
      return tabs
    },
    async open(plan) {
      const page = await openPage()
      const tab: Tab = { name: plan.tab, page, isDead: false }
      page.on('crash', () => bury(tab))
      page.on('close', () => bury(tab))
      tabs.push(tab)
      const started = page.evaluate(async (plan) => (await window.harness.loadTorture()).start(plan), plan)
      await within(OPEN_MS, 'the start of a tab', started)
    },
    async owner() {
      const deadline = Date.now() + OWNER_MS
      for (;;) {
        for (const tab of tabs) if (await ownsDatabase(tab.page)) return tab
        if (Date.now() > deadline) return undefined
        await pause(POLL_MS)
      }
    },
    async crash(tab) {
      await within(OPEN_MS, `the crash of ${tab.name}`, crash(tab.page))
      bury(tab)
    },
    terminateWorker: (tab) =>
      within(
        ASK_MS,
        'the end of a worker',
        tab.page.evaluate(async () => (await window.harness.loadTorture()).terminateWorker()),
      ),
    async quiet() {
      await Promise.all(
        tabs.map(({ name, page }) =>
          within(
            QUIET_MS,
            `the last acknowledgement of ${name}`,
            page.evaluate(async () => (await window.harness.loadTorture()).quiet()),
          ),
        ),
      )
    },
    async list() {
      const page = tabs[0]?.page ?? (await openPage())
      const listing = await within(
        LIST_MS,
        'the list of runs',
        page.evaluate(async () => (await window.harness.loadTorture()).list()),
      )
      if (tabs.length === 0) await page.close()
      return listing
    },
    async restart(how) {
      const dying = tabs
      if (how === 'killed') await killBrowser(browser)
      else await within(OPEN_MS, 'the end of the browser', browser.context.close())
      for (const tab of dying) bury(tab)
      browser = await launch()
    },
    async audit(expected) {
      const page = await openPage()
      const report = await within(
        AUDIT_MS,
        'the audit',
        page.evaluate((expected) => window.harness.auditTorture(expected), expected),
      )
      await page.close()
      return report
    },
    close: () => within(OPEN_MS, 'the end of the browser', browser.context.close()),
  }
}

/** Asks the tracker worker of a page; one that is dead, or not there yet, does not own. */
async function ownsDatabase(page: Page): Promise<boolean> {
  const worker = page.workers().find((worker) => worker.url().includes('tracker.worker'))
  if (worker === undefined) return false
  return within(ASK_MS, 'an answer of a worker', askOwner(worker)).catch(() => false)
}

function askOwner(worker: Worker): Promise<boolean> {
  return worker.evaluate(
    (ownerLock) =>
      navigator.locks.request(`torture:${Math.random()}`, async (mine) => {
        const held = (await navigator.locks.query()).held ?? []
        const clientOf = (name: string | undefined) => held.find((lock) => lock.name === name)?.clientId
        return clientOf(ownerLock) === clientOf(mine?.name)
      }),
    WORKERS_MEETING.ownerLock,
  )
}
