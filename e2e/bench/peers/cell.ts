import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PeerExperiment } from './experiments.ts'

/** Longer than this nobody waits; the cell is then skipped. */
const LIMIT_MS = 600_000

/** What `run_cell.py` says of one cell. */
export interface CellAnswer {
  readonly ms?: number
  /** Why this system cannot do it. */
  readonly skipped?: string
  /** What went wrong, or how the stored differs from the logged. */
  readonly failed?: string
  /** It was not all in the tracker's files at once when the tracker said that it was done; it came soon after. */
  readonly late?: boolean
  readonly versions?: Readonly<Record<string, string>>
  /** Which of the tracker's ways was timed. */
  readonly how?: string
}

/** Times one cell once, in a fresh process and a directory of its own. `cold`: from the start of that process. */
export async function runCell(
  folder: string,
  python: string,
  system: string,
  { runs, values, length }: PeerExperiment,
  cold = false,
): Promise<CellAnswer> {
  const directory = await mkdtemp(join(tmpdir(), 'kymo-peer-'))
  const spawnedAt = cold ? [String(Date.now() / 1000)] : []
  const child = spawn(
    python,
    [join(folder, 'run_cell.py'), system, String(runs), String(values), String(length), ...spawnedAt],
    {
      cwd: directory,
      // A home of its own: no settings or keys of the user, nothing left behind.
      env: { ...process.env, HOME: directory, PYTHONDONTWRITEBYTECODE: '1' },
      // A group of its own: some trackers start processes that outlive them.
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  try {
    return await answerOf(child)
  } finally {
    endGroup(child)
    await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
}

/** Resolves with the one line: some trackers keep their process alive long after it. */
function answerOf(child: ChildProcess): Promise<CellAnswer> {
  return new Promise((resolve) => {
    let text = ''
    const timer = setTimeout(() => resolve({ skipped: 'it takes more than ten minutes' }), LIMIT_MS)
    const settle = (answer: CellAnswer) => {
      clearTimeout(timer)
      resolve(answer)
    }
    child.on('error', (error) => settle({ failed: error.message }))
    child.on('close', (code) => settle({ failed: `the process ended with ${code} and no answer` }))
    child.stdout?.on('data', (part: Buffer) => {
      text += part.toString()
      if (text.includes('\n')) settle(JSON.parse(text) as CellAnswer)
    })
  })
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The whole group has ended by itself.
  }
}
