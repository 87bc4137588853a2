import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '..')

/** What is written between fences, verbatim. */
export interface CodeBlock {
  /** As it stands behind the fence; empty where nothing does. */
  readonly language: string
  /** The heading it stands under and which of those of its language it is there: `Log a first run 2`. */
  readonly place: string
  readonly code: string
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

export function codeBlocks(markdown: string): readonly CodeBlock[] {
  const found = markdown.matchAll(/^#+ (?<heading>.+)$|^```(?<language>\w*)\n(?<code>[^]*?)^```$/gm)
  const counts = new Map<string, number>()
  const blocks: CodeBlock[] = []
  let under = ''
  for (const { groups = {} } of found) {
    const { heading, language = '', code } = groups
    if (heading !== undefined) under = heading
    if (code === undefined) continue
    const place = `${under} ${(counts.get(under + language) ?? 0) + 1}`
    counts.set(under + language, (counts.get(under + language) ?? 0) + 1)
    blocks.push({ language, place, code })
  }
  return blocks
}
