import { spawnSync } from 'node:child_process'

const BYTES = 2 ** 30

/**
 * Has the system hand memory out and take it back. On a virtual machine memory that was not used for a while is several
 * times as slow the first time; before each cell that stores large arrays, so that none pays for another's.
 */
export function freshenMemory(): void {
  spawnSync(process.execPath, ['--eval', `Buffer.alloc(${BYTES}, 1)`])
}
