import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const CACHE = join(ROOT, '.cache')

it(
  'builds the app without a word, so that npm start says what it does and where it is',
  { timeout: 300_000 },
  () => {
    mkdirSync(CACHE, { recursive: true })
    const folder = mkdtempSync(join(CACHE, 'quiet-'))
    try {
      const code = `import { buildApp } from './scripts/build-app.mjs'; await buildApp(${JSON.stringify(folder)})`
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ['--input-type=module', '--eval', code],
        {
          cwd: ROOT,
          encoding: 'utf8',
        },
      )
      expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' })
      expect(existsSync(join(folder, 'index.html'))).toBe(true)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
