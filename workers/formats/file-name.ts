/**
 * Longest name: in UTF-8 at most 216 bytes of the 255 that file systems take, with room for an extension and a number.
 * Unit: UTF-16 code units, of which one is three bytes at most.
 */
const MAX_NAME_LENGTH = 72

/** Names of devices, which Windows keeps for itself with any extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i

/** A name that is safe on every file system; `otherwise` when nothing of it is. */
export function toFileName(name: string, otherwise: string): string {
  const safe = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}._ -]+/gu, '-')
    .replaceAll(/^[. -]+/g, '')
    .slice(0, MAX_NAME_LENGTH)
    .replaceAll(/[\uD800-\uDBFF]$|[. -]+$/g, '')
    .replace(DEVICE, '_$&')
  return safe === '' ? otherwise : safe
}

/** Gives each of several things a file name no other has, not even where letters have no case: `a`, `a-2`, `a-3`. */
export function makeFileNames(otherwise: string): (name: string) => string {
  const taken = new Map<string, number>()
  const count = (name: string): number => {
    const key = name.toLowerCase()
    const times = (taken.get(key) ?? 0) + 1
    taken.set(key, times)
    return times
  }
  return (name) => {
    const first = toFileName(name, otherwise)
    let times = count(first)
    if (times === 1) return first
    // Somebody else may be called `a-2`.
    while (count(`${first}-${times}`) > 1) times = count(first)
    return `${first}-${times}`
  }
}
