import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { askCommand, NODE } from './kymo-command.ts'
import { freePort, untilAnswered } from './servers.ts'

const ROOT = resolve(import.meta.dirname, '..')

/** A project of somebody who develops with Vite and Kymo, in a temporary folder, with what was built here. */
export interface ViteProject {
  readonly folder: string
  /** Of its server, whenever one runs. */
  readonly url: string
  /** Starts the server and waits until it answers. `preview`: of what `build` made. */
  start(preview?: 'preview'): Promise<void>
  build(): void
  /** Makes packages of this repository known to it. */
  link(...names: readonly string[]): void
  /** Kills the server at once, as the system would. */
  kill(): Promise<void>
  /** What the command answers as JSON; undefined while it fails, as it does where there is nothing yet. */
  command<T>(...words: readonly string[]): T | undefined
  remove(): Promise<void>
}

/** `files`: by their names, `index.html` among them. `options`: of the plugin, as JavaScript. */
export async function createViteProject(
  files: Readonly<Record<string, string>>,
  options = '',
): Promise<ViteProject> {
  const folder = mkdtempSync(join(tmpdir(), 'kymo-vite-'))
  const port = await freePort()
  const url = `http://localhost:${port}/`
  const vite = join(ROOT, 'node_modules', 'vite')
  let server: ChildProcess | null = null

  const write = (name: string, text: string): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const runVite = (...words: readonly string[]): ChildProcess =>
    spawn(NODE, [join(vite, 'bin', 'vite.js'), ...words], { cwd: folder, stdio: 'ignore' })

  write('package.json', '{ "private": true, "type": "module" }')
  write(
    'vite.config.js',
    // Without its socket a page is not loaded anew whenever the server comes back.
    `import { kymo } from 'kymo/vite'
export default { plugins: [kymo(${options})], server: { hmr: false, ws: false } }
`,
  )
  for (const [name, text] of Object.entries(files)) write(name, text)
  const installed = join(folder, 'node_modules', 'kymo')
  mkdirSync(installed, { recursive: true })
  symlinkSync(vite, join(folder, 'node_modules', 'vite'), 'junction')
  // Not a link: Vite serves no file outside of the project.
  for (const part of ['dist/lib', 'dist/app', 'package.json'])
    cpSync(join(ROOT, part), join(installed, part), { recursive: true })

  async function kill(): Promise<void> {
    const dying = server
    server = null
    if (dying === null || dying.exitCode !== null) return
    const gone = new Promise((settle) => dying.once('close', settle))
    dying.kill('SIGKILL')
    await gone
  }

  return {
    folder,
    url,
    async start(preview) {
      server = runVite(...(preview === undefined ? [] : [preview]), '--port', String(port), '--strictPort')
      await untilAnswered(url)
    },
    build() {
      const { status, stderr } = spawnSync(NODE, [join(vite, 'bin', 'vite.js'), 'build'], { cwd: folder })
      if (status !== 0) throw new Error(`vite build failed: ${stderr.toString()}`)
    },
    link(...names) {
      for (const name of names) {
        mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true })
        symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name), 'junction')
      }
    },
    kill,
    command: (...words) => (existsSync(join(folder, '.kymo')) ? askCommand(folder, ...words) : undefined),
    async remove() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
