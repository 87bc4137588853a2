import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach } from 'vitest'
import { loadDrivers } from '../native/load-drivers.ts'

const LIBRARY = pathToFileURL(resolve(import.meta.dirname, '..', '..', 'dist', 'lib', 'node')).href

/** A process of a project, and what became of it. */
export interface NodeProcess {
  readonly child: ChildProcess
  /** Resolves with its exit code and all it said; the code is null where a signal ended it. */
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>
  /** Resolves when it has said this. Rejects when it ends before. */
  said(text: string): Promise<void>
}

/** An empty project for each test of a file. */
export function useProject(): {
  readonly folder: string
  /** Writes a script and starts it; `LIB` in it is where the library lies. */
  start(script: string, ...args: readonly string[]): NodeProcess
  /** The rows a query finds in the database of an experiment. */
  query(sql: string, experiment?: string): Record<string, unknown>[]
} {
  let folder = ''
  let scripts = 0
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kymo-node-'))
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  return {
    get folder() {
      return folder
    },
    start(script, ...args) {
      scripts += 1
      const path = join(folder, `script-${scripts}.mjs`)
      writeFileSync(path, script.replaceAll('LIB', LIBRARY))
      return watch(
        spawn(process.execPath, [path, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] }),
      )
    },
    query(sql, experiment = 'digits') {
      const driver = loadDrivers().open(join(folder, '.kymo', `${experiment}.db`), { readOnly: true })
      try {
        const statement = driver.prepare(sql)
        const names = statement.columns()
        return [...statement.rows([])].map((cells) =>
          Object.fromEntries(names.map((name, index) => [name, cells[index]])),
        )
      } finally {
        driver.close()
      }
    },
  }
}

export function filesOf(folder: string): readonly string[] {
  return readdirSync(join(folder, '.kymo')).toSorted()
}

function watch(child: ChildProcess): NodeProcess {
  let output = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part: Buffer) => {
      output += part.toString()
      for (const listener of listeners) listener()
    })
  const ended = new Promise<{ code: number | null; output: string }>((settle) =>
    child.on('close', (code) => settle({ code, output })),
  )
  return {
    child,
    ended,
    said: (text) =>
      new Promise((settle, refuse) => {
        const look = (): void => {
          if (!output.includes(text)) return
          listeners.delete(look)
          settle()
        }
        listeners.add(look)
        look()
        void ended.then(() => refuse(new Error(`It never said ${text}, but:\n${output}`)))
      }),
  }
}
