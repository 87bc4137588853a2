import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { err, ok, type Result } from '../../../src/model/result.ts'

const WINDOWS = process.platform === 'win32'

/**
 * The Python of a virtual environment with what a requirements file names, made when it is missing.
 *
 * It lives outside the repository, named after the file's content; `KYMO_BENCH_VENV` puts it elsewhere. Errors: why the
 * systems of that file cannot be measured here, as a sentence.
 */
export function ensurePython(folder: string, requirements: string): Result<string, string> {
  const file = join(folder, requirements)
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12)
  const home = process.env['KYMO_BENCH_VENV'] ?? join(homedir(), '.cache', 'kymo-bench')
  const venv = join(home, hash)
  const python = join(venv, WINDOWS ? 'Scripts/python.exe' : 'bin/python')
  const stamp = join(venv, 'installed')
  if (existsSync(stamp)) return ok(python)
  console.log(`Installing ${requirements} …`)
  rmSync(venv, { recursive: true, force: true })
  const made = runQuietly(WINDOWS ? 'python' : 'python3', ['-m', 'venv', venv])
  if (made !== null) return err(`no virtual environment could be made: ${made}`)
  const installed = runQuietly(python, ['-m', 'pip', 'install', '--quiet', '-r', file])
  if (installed !== null) return err(`${requirements} could not be installed: ${installed}`)
  writeFileSync(stamp, '')
  return ok(python)
}

/** The last line of what went wrong; null when nothing did. */
function runQuietly(command: string, args: readonly string[]): string | null {
  const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (error !== undefined) return error.message
  if (status === 0) return null
  return stderr.trim().split('\n').at(-1) ?? `it ended with ${status}`
}
