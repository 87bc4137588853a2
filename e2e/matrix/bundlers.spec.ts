import { join } from 'node:path'
import type { BrowserContext } from 'playwright/test'
import { openHost } from '../host-server.ts'
import { createPackedProject, type PackedProject } from '../packed-project.ts'
import { expect, test } from '../tracker-page.ts'

/** A project of somebody else: what it installs besides Kymo, and how its page gets into a browser. No setting is Kymo's. */
interface Setup {
  readonly packages: readonly string[]
  readonly files: Readonly<Record<string, string>>
  /** Answers where the page is. */
  open(project: PackedProject): Promise<{ readonly url: string; close?(): Promise<void> }>
}

const TRAINING = `
import { init, readRuns } from 'kymo'
import { fitCallbacks } from 'kymo/tfjs'
import { image } from 'kymo/media'
import { createSweep } from 'kymo/sweep'

export async function train() {
  if (location.search.includes('again')) {
    const { value: runs } = await readRuns()
    return runs.map(({ metrics }) => metrics.loss.count).join() + typeof createSweep + typeof fitCallbacks
  }
  const run = init({ experiment: 'hosted', params: { lr: 0.1 } })
  for (let step = 0; step < 50; step += 1) run.log({ loss: 1 / (step + 1) })
  const frame = new OffscreenCanvas(8, 8)
  frame.getContext('2d').fillRect(0, 0, 4, 4)
  run.log({ picture: image(frame) })
  const kept = await run.finish()
  return (kept.ok ? kept.value.storage : kept.error.message) + ', refused ' + run.refusedCount
}
`
const PAGE = `import { train } from './train.js'\ntrain().then((said) => { document.title = said })\n`
const INDEX = `<!doctype html><title>training</title><script type="module" src="./page.js"></script>`
const SOURCES = { 'train.js': TRAINING, 'page.js': PAGE, 'index.html': INDEX }

/** Serves what a bundler wrote into `out/`. */
async function openOut(project: PackedProject, index = INDEX) {
  return openHost({
    files: { '/index.html': index },
    folders: { '/': `${join(project.folder, 'out')}/` },
  })
}

const vite = (version: number): Setup => ({
  packages: [`vite@${version}`],
  files: SOURCES,
  open: async (project) => ({ url: await project.serve('vite') }),
})

const next = (version: number): Setup => ({
  packages: [`next@${version}`, 'react@19', 'react-dom@19'],
  files: {
    'app/train.js': TRAINING,
    'app/layout.js': `export default ({ children }) => <html><body>{children}</body></html>`,
    'app/page.js': `'use client'
      import { useEffect } from 'react'
      import { train } from './train.js'
      export default function Page() {
        useEffect(() => void train().then((said) => { document.title = said }), [])
        return <p>training</p>
      }`,
  },
  async open(project) {
    project.run('npx', 'next', 'build')
    return { url: await project.serve('next', 'start') }
  },
})

const SETUPS: Readonly<Record<string, Setup>> = {
  'Vite 5, development': vite(5),
  'Vite 6, development': vite(6),
  'Vite 7, development': vite(7),
  esbuild: {
    packages: ['esbuild'],
    files: SOURCES,
    open(project) {
      project.run('npx', 'esbuild', 'page.js', '--bundle', '--format=iife', '--outfile=out/page.js')
      return openOut(project)
    },
  },
  Rollup: {
    packages: ['rollup', '@rollup/plugin-node-resolve'],
    files: SOURCES,
    open(project) {
      const plugin = ['--plugin', 'node-resolve={browser:true}']
      project.run('npx', 'rollup', 'page.js', ...plugin, '--format', 'es', '--dir', 'out')
      return openOut(project)
    },
  },
  webpack: {
    packages: ['webpack', 'webpack-cli'],
    files: SOURCES,
    open(project) {
      project.run('npx', 'webpack', '--mode', 'production', '--entry', './page.js', '--output-path', 'out')
      return openOut(project, INDEX.replace('page.js', 'main.js'))
    },
  },
  Parcel: {
    packages: ['parcel'],
    files: SOURCES,
    async open(project) {
      project.run('npx', 'parcel', 'build', 'index.html', '--dist-dir', 'out', '--no-cache')
      return openHost({ folders: { '/': `${join(project.folder, 'out')}/` } })
    },
  },
  'Next 15': next(15),
  'Next 16': next(16),
}

async function visit(context: BrowserContext, url: string): Promise<string> {
  const page = await context.newPage()
  await page.goto(url)
  await expect(page).not.toHaveTitle(/^(training)?$/, { timeout: 60_000 })
  const title = await page.title()
  await page.close()
  return title
}

for (const [name, setup] of Object.entries(SETUPS)) {
  test(`${name} keeps runs with no setting`, async ({ context }) => {
    const project = createPackedProject(setup.packages)
    try {
      for (const [file, text] of Object.entries(setup.files)) project.write(file, text)
      const { url, close } = await setup.open(project)
      expect(await visit(context, url)).toBe('opfs, refused 0')
      expect(await visit(context, `${url}?again`)).toBe('50functionfunction')
      await close?.()
    } finally {
      project.remove()
    }
  })
}
