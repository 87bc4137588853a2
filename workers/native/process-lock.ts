import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { threadId } from 'node:worker_threads'

const PREFIX = 'kymo:process:'

/** What shows that this process lives: its machine, its id, and when it began, for ids come round again. */
export function processLock(): string {
  return `${PREFIX}${[encodeURIComponent(hostname()), process.pid, beganAt('self') ?? '', threadId].join(':')}`
}

/**
 * Whether the process that holds a lock is sure to be gone. Not for one of another machine, nor for what a browser holds: nobody can tell
 * from here.
 */
export function isProcessGone(lock: string): boolean {
  if (!lock.startsWith(PREFIX)) return false
  const [host = '', id = '', began = ''] = lock.slice(PREFIX.length).split(':')
  if (host !== encodeURIComponent(hostname())) return false
  if (!isAlive(Number(id))) return true
  const now = beganAt(id)
  return began !== '' && now !== null && now !== began
}

/** Of this machine. */
export function isPidGone(id: number): boolean {
  return !isAlive(id)
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch (cause) {
    // One of another user's is alive.
    return cause instanceof Error && Reflect.get(cause, 'code') === 'EPERM'
  }
}

/** When a process began, in ticks since the machine did; null where that is not told. Source: proc(5), field 22 of stat. */
function beganAt(id: string): string | null {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'latin1')
    // The name of the program may hold anything, also parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return isZombie(fields) ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

function isZombie([state]: readonly string[]): boolean {
  return state === 'Z'
}
