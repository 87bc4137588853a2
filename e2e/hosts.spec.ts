import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { BrowserContext } from 'playwright/test'
import { LIBRARY, openHost, type Host, type HostOptions } from './host-server.ts'
import { expect, test } from './tracker-page.ts'

/** What a page says when its training is over, or its runs are read. */
interface Said {
  readonly finish: {
    readonly ok: boolean
    readonly value?: { readonly storage: string; readonly reason: string }
    readonly error?: { readonly message: string }
  }
  readonly problem: string | null
  /** Of the runs stored, by their metric; −1 where they cannot be read. */
  readonly counts: readonly number[]
  readonly steps: number
}

const POINTS = 50

/** A training as somebody writes it: with `?read` it only looks at what is there. */
const trainingWith = (library: string): string => `
import { init, readRuns, trackerProblem } from '${library}'
const isReading = location.search.includes('read')
let finish = { ok: true }
let steps = 0
if (!isReading) {
  const run = init({ experiment: 'hosted', params: { lr: 0.1 } })
  for (; steps < ${POINTS}; steps += 1) run.log({ loss: 1 / (steps + 1) })
  finish = await run.finish()
}
const runs = await readRuns()
const counts = runs.ok ? runs.value.map(({ metrics }) => metrics.loss?.count ?? 0) : [-1]
window.said = { finish, problem: trackerProblem(), counts, steps }
`

const pageOf = (script: string): string =>
  `<!doctype html><title>training</title><script type="module" src="${script}"></script>`

const hosts: Host[] = []
test.afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close()
})

async function host(options: HostOptions): Promise<string> {
  const opened = await openHost(options)
  hosts.push(opened)
  return opened.url
}

/** A page that imports the package as it lies on its own host. */
const plain = (headers: HostOptions['headers'] = () => ({})): HostOptions => ({
  files: { '/index.html': pageOf('/train.js'), '/train.js': trainingWith('/lib/kymo.js') },
  folders: { '/lib/': `${LIBRARY}/` },
  headers,
})

const onPage = (headers: Readonly<Record<string, string>>): HostOptions['headers'] => {
  return (path) => (path === '/index.html' ? headers : {})
}

const policy = (text: string): HostOptions['headers'] => onPage({ 'content-security-policy': text })

async function visit(
  context: BrowserContext,
  url: string,
): Promise<{ said: Said; console: readonly string[] }> {
  const page = await context.newPage()
  const lines: string[] = []
  page.on('console', (message) => {
    if (message.text().startsWith('kymo:')) lines.push(message.text())
  })
  await page.goto(url)
  await page.waitForFunction(() => 'said' in window, undefined, { timeout: 60_000, polling: 100 })
  const said = (await page.evaluate(() => Reflect.get(window, 'said') as unknown)) as Said
  await page.close()
  return { said, console: lines }
}

/** Trains, and finds everything on another visit. */
async function expectKept(context: BrowserContext, url: string): Promise<void> {
  const { said } = await visit(context, url)
  expect(said).toEqual({
    finish: { ok: true, value: { storage: 'opfs', reason: '' } },
    problem: null,
    counts: [POINTS],
    steps: POINTS,
  })
  const { said: later } = await visit(context, `${url}?read`)
  expect(later.counts).toEqual([POINTS])
}

test.describe('a page keeps its runs with no setting', () => {
  test('with the package beside it, and a policy that lets nothing be fetched', async ({ context }) => {
    await expectKept(context, await host(plain()))
    const closed = `default-src 'none'; connect-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:`
    await expectKept(context, await host(plain(policy(closed))))
  })

  test('where only files of its own may be workers', async ({ context }) => {
    const own = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'`
    await expectKept(context, await host(plain(policy(own))))
  })

  test('with a nonce', async ({ context }) => {
    const nonce = `script-src 'nonce-abc' 'wasm-unsafe-eval'; worker-src blob:`
    const options = plain(policy(nonce))
    const index = pageOf('/train.js').replace('<script', '<script nonce="abc"')
    await expectKept(context, await host({ ...options, files: { ...options.files, '/index.html': index } }))
  })

  test('under Trusted Types', async ({ context }) => {
    await expectKept(
      context,
      await host(plain(policy(`require-trusted-types-for 'script'; trusted-types kymo`))),
    )
  })

  test('where only the page asks to be isolated', async ({ context }) => {
    const isolated = {
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
    }
    await expectKept(context, await host(plain(onPage(isolated))))
  })

  test('with the package on another host, by an import map', async ({ context }) => {
    const elsewhere = await host({
      folders: { '/': `${LIBRARY}/` },
      headers: () => ({ 'access-control-allow-origin': '*' }),
    })
    const map = JSON.stringify({ imports: { kymo: `${elsewhere}kymo.js` } })
    const index = pageOf('/train.js').replace('<script', `<script type="importmap">${map}</script><script`)
    await expectKept(
      context,
      await host({ files: { '/index.html': index, '/train.js': trainingWith('kymo') } }),
    )
  })

  test('bundled by a bundler that copies nothing', async ({ context }) => {
    const { build } = await import('rolldown')
    const folder = mkdtempSync(join(tmpdir(), 'kymo-bundled-'))
    try {
      const entry = join(folder, 'train.js')
      writeFileSync(entry, trainingWith(join(LIBRARY, 'kymo.js')))
      const output = { dir: join(folder, 'out'), entryFileNames: 'bundle.js', format: 'esm' } as const
      await build({ input: entry, output, logLevel: 'silent' })
      await expectKept(
        context,
        await host({
          files: { '/index.html': pageOf('/out/bundle.js') },
          folders: { '/out/': `${join(folder, 'out')}/` },
        }),
      )
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

test.describe('a page that cannot keep its runs says why, and trains on', () => {
  test('in memory where no worker may be started', async ({ context }) => {
    const url = await host(plain(policy(`worker-src 'none'`)))
    const { said, console: lines } = await visit(context, url)
    expect(said.finish).toMatchObject({ ok: true, value: { storage: 'memory' } })
    expect(said.finish.value?.reason).toContain('add “worker-src blob:”')
    expect(said.problem).toBe(said.finish.value?.reason)
    expect(said.counts).toEqual([POINTS])
    expect(lines.filter((line) => line.includes('worker-src blob:'))).toHaveLength(1)
    expect((await visit(context, `${url}?read`)).said.counts).toEqual([])
  })

  test('where Trusted Types allow no policy of ours', async ({ context }) => {
    const url = await host(plain(policy(`require-trusted-types-for 'script'; trusted-types 'none'`)))
    const { said } = await visit(context, url)
    expect(said.finish).toMatchObject({ ok: true, value: { storage: 'memory' } })
    expect(said.finish.value?.reason).toContain('add “kymo” to its trusted-types')
  })

  test('where WebAssembly is forbidden', async ({ context }) => {
    // With every file, so that no worker has a policy of its own that allows it.
    const everywhere = { 'content-security-policy': `script-src 'self' blob:` }
    const { said, console: lines } = await visit(context, await host(plain(() => everywhere)))
    expect(said.finish).toMatchObject({ ok: false, error: { code: 'interrupted' } })
    expect(said.finish.error?.message).toContain("add “'wasm-unsafe-eval'” to its script-src")
    expect(said).toMatchObject({ counts: [-1], steps: POINTS, problem: said.finish.error?.message })
    expect(lines.length).toBeGreaterThan(0)
  })
})

test('a training in a SharedWorker says that it is in memory, and where to train instead', async ({
  context,
}) => {
  const worker = trainingWith('/lib/kymo.js')
    .replace("location.search.includes('read')", 'false')
    .replace('window.said = ', 'const said = ')
  const index = `<!doctype html><title>shared</title><script type="module">
    const { port } = new SharedWorker('/shared.js', { type: 'module' })
    port.onmessage = ({ data }) => { window.said = data }
  </script>`
  const files = {
    '/index.html': index,
    '/shared.js': `const ports = []\nonconnect = ({ ports: [port] }) => ports.push(port)\n${worker}\nfor (const port of ports) port.postMessage(said)`,
  }
  const { said } = await visit(context, await host({ files, folders: { '/lib/': `${LIBRARY}/` } }))
  expect(said.finish).toMatchObject({ ok: true, value: { storage: 'memory' } })
  expect(said.finish.value?.reason).toContain('train in a page or in a Worker')
  expect(said.counts).toEqual([POINTS])
})

test.describe('the dashboard under Trusted Types', () => {
  const DASHBOARD = resolve(import.meta.dirname, '../dist/app')
  const asking = (allowed: string): HostOptions => ({
    folders: { '/': `${DASHBOARD}/` },
    headers: () => ({
      'content-security-policy': `require-trusted-types-for 'script'; trusted-types ${allowed}`,
    }),
  })

  test('draws, and reaches its worker', async ({ context }) => {
    const page = await context.newPage()
    await page.goto(await host(asking('default')))
    await expect(page.getByRole('button', { name: 'Train Digits' })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('data-idle', 'true')
  })

  test('says what its policy has to allow', async ({ context }) => {
    const page = await context.newPage()
    await page.goto(await host(asking('kymo')))
    await expect(page.locator('#app')).toContainText('does not allow the policy “default”')
  })
})

test('a training in Node is not stopped, does not hold Node, and hears once that nothing is kept', () => {
  const code = `
    import { init, trackerProblem } from ${JSON.stringify(join(LIBRARY, 'kymo.js'))}
    const run = init({ experiment: 'node', params: { lr: 0.1 } })
    for (let step = 0; step < 20_000; step += 1) run.log({ loss: 1 / (step + 1) })
    const [flushed, finished] = [await run.flush(), await run.finish()]
    console.log(JSON.stringify([flushed.error.code, finished.error.code, trackerProblem() !== null]))
  `
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    encoding: 'utf8',
    timeout: 20_000,
  })
  expect(stderr.trim().split('\n')).toEqual([expect.stringContaining('Kymo keeps nothing in Node')])
  expect([status, stdout.trim()]).toEqual([0, '["no-store","no-store",true]'])
})
