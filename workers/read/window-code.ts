import type { WindowRequest } from '../../src/protocol/windows.ts'
import type { WindowCode } from './window-source.ts'

/** Loads what windows are read with, and of the code that only some of them need as much as this one does. */
export async function loadWindowCode({ x, smoothing }: WindowRequest) {
  const { readWindows } = await loadWindows()
  const code: WindowCode = {
    pairing: typeof x === 'object' ? await import('./pairs.ts') : null,
    smoothing: smoothing === undefined ? null : await import('./smoothed-view.ts'),
  }
  return { readWindows, code }
}

/** Whoever asks what series there are will ask for windows next. */
export function loadWindows() {
  return import('./windows.ts')
}
