import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { freePort, untilAnswered } from './servers.ts'

const ROOT = resolve(import.meta.dirname, '..')

/** Packages the empty project installs besides Kymo, in the versions this repository uses. */
const NEIGHBOURS = ['vite', '@tensorflow/tfjs'] as const

/** A project of somebody else, in a temporary folder, that installed what `npm pack` made. */
export interface PackedProject {
  readonly folder: string
  write(name: string, text: string): void
  /** Runs a command to its end. Errors: throws with its output when it fails. */
  run(command: string, ...args: string[]): string
  /** Starts a server of the project on a free port and answers its URL. */
  serve(...args: string[]): Promise<string>
  /** What its servers printed so far, without colours. */
  readonly output: string
  remove(): void
}

/** `neighbours`: what it installs besides Kymo, with or without a version. */
export function createPackedProject(
  neighbours: readonly string[] = NEIGHBOURS.map((name) => `${name}@${versionOf(name)}`),
): PackedProject {
  const folder = mkdtempSync(join(tmpdir(), 'kymo-packed-'))
  const servers: ChildProcess[] = []
  let output = ''

  function run(command: string, ...args: string[]): string {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' })
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}\n${stderr}`)
    return stdout
  }

  const project: PackedProject = {
    folder,
    write(name, text) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    },
    run,
    async serve(...args) {
      const port = await freePort()
      const server = spawn(
        'npx',
        [...args, '--port', String(port), ...(args[0] === 'vite' ? ['--strictPort'] : [])],
        {
          cwd: folder,
          stdio: 'pipe',
          // A group of its own: npx starts the server as a child, which would outlive it.
          detached: true,
        },
      )
      servers.push(server)
      server.stdout.on('data', (text: Buffer) => (output += text.toString()))
      const url = `http://localhost:${port}/`
      await untilAnswered(url)
      return url
    },
    get output() {
      return stripVTControlCharacters(output)
    },
    remove() {
      for (const { pid } of servers) if (pid !== undefined) process.kill(-pid, 'SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
  project.write('package.json', '{ "name": "empty", "private": true, "type": "module" }')
  const packed = spawnSync('npm', ['pack', '--pack-destination', folder, '--ignore-scripts'], { cwd: ROOT })
  if (packed.status !== 0) throw new Error(`npm pack failed: ${packed.stderr.toString()}`)
  const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  if (archive === undefined) throw new Error('npm pack made no archive.')
  run('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', `./${archive}`, ...neighbours)
  return project
}

function versionOf(name: string): string {
  const text = readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')
  return String((JSON.parse(text) as { version: unknown }).version)
}
