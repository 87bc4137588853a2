/** The files of a training: their texts by name. */
export type CodeFiles = Readonly<Record<string, string>>

/** A line of one file held against another; numbers count from 1, null on the side that does not have it. */
export interface CodeLine {
  readonly kind: 'file' | 'same' | 'removed' | 'added' | 'skipped'
  readonly text: string
  readonly before: number | null
  readonly after: number | null
}

/** Equal lines around a difference that are shown. */
const CONTEXT_LINES = 3

/** Files that differ in all of their lines are not worth more. Unit: milliseconds. */
const TIMEOUT_MS = 1_500

/** How the files of two trainings differ, file by file; equal files are left out. Cost: the first call loads the library. */
export async function diffCode(before: CodeFiles, after: CodeFiles): Promise<readonly CodeLine[]> {
  const { diffLines } = await import('diff')
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
  return names.flatMap((name) => {
    const [old = '', now = ''] = [before[name], after[name]]
    if (old === now) return []
    const title: CodeLine = { kind: 'file', text: name, before: null, after: null }
    const parts = diffLines(old, now, { timeout: TIMEOUT_MS })
    if (parts === undefined)
      return [title, skipped('too different to be held against each other line by line')]
    return [title].concat(withoutFar(toLines(parts)))
  })
}

interface DiffPart {
  readonly value: string
  readonly added: boolean
  readonly removed: boolean
}

/** Every line of both texts, in order. */
export function toLines(parts: readonly DiffPart[]): readonly CodeLine[] {
  let [before, after] = [0, 0]
  return parts.flatMap(({ value, added, removed }) => {
    const texts = value.split('\n')
    if (texts.at(-1) === '') texts.pop()
    return texts.map((text): CodeLine => {
      if (!added) before += 1
      if (!removed) after += 1
      const kind = added ? 'added' : removed ? 'removed' : 'same'
      return { kind, text, before: added ? null : before, after: removed ? null : after }
    })
  })
}

/** Leaves equal lines out that are far from every difference, and says how many. */
export function withoutFar(lines: readonly CodeLine[]): readonly CodeLine[] {
  const isNear = new Uint8Array(lines.length)
  for (const [index, { kind }] of lines.entries()) {
    if (kind !== 'same') isNear.fill(1, Math.max(0, index - CONTEXT_LINES), index + CONTEXT_LINES + 1)
  }
  const shown: CodeLine[] = []
  let left = 0
  for (const [index, line] of lines.entries()) {
    if (isNear[index] === 0) {
      left += 1
      continue
    }
    if (left > 0) shown.push(skipped(equalWords(left)))
    left = 0
    shown.push(line)
  }
  if (left > 0) shown.push(skipped(equalWords(left)))
  return shown
}

function skipped(text: string): CodeLine {
  return { kind: 'skipped', text, before: null, after: null }
}

function equalWords(count: number): string {
  return count === 1 ? '1 equal line' : `${count.toLocaleString('en-US')} equal lines`
}
