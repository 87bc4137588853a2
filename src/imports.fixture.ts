import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/** One import of one file. */
export interface Import {
  /** From the root of the repository, as is `to`. */
  readonly from: string
  readonly to: string
  /** Whether nothing of it is left when it runs. */
  readonly isType: boolean
}

/** Every file that is compiled, tests left out. */
export function sourceFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !file.endsWith('.d.ts') && !/^src\/[\w-]+\.fixture\.ts$/.test(file))
}

/** The relative imports of a file: static, dynamic, by URL and by glob. */
export function importsOf(root: string, from: string): Import[] {
  const text = readFileSync(join(root, from), 'utf8')
  const at = (specifier: string): string =>
    relative(root, resolve(root, dirname(from), specifier.replace(/\?.*$/, '')))
  const found: Import[] = []
  for (const [, head = '', specifier = ''] of text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b([^'"`;]*?)\bfrom\s+'(\.[^']+)'/g,
  )) {
    found.push({ from, to: at(specifier), isType: isOnlyTypes(head) })
  }
  for (const [, specifier = ''] of text.matchAll(/\bimport\s+'(\.[^']+)'/g)) {
    found.push({ from, to: at(specifier), isType: false })
  }
  for (const [, specifier = ''] of text.matchAll(/(?:\bimport|\bURL|\bglob<\w+>)\(\s*'(\.[^']+)'/g)) {
    found.push({ from, to: at(specifier), isType: false })
  }
  return found
}

/** `type { … }`, or braces in which every name says `type`. */
function isOnlyTypes(head: string): boolean {
  if (/^\s*type\b/.test(head)) return true
  const names = /^\s*\{([^}]*)\}\s*$/
    .exec(head)?.[1]
    ?.split(',')
    .map((name) => name.trim())
  return names?.every((name) => name === '' || name.startsWith('type ')) ?? false
}

/** The room a file stands in: its folder, or the file itself at the top of a tree; under `src/app` a segment deeper. */
export function roomOf(file: string): string {
  const parts = file.split('/')
  return parts.slice(0, parts[1] === 'app' ? 3 : 2).join('/')
}

/** The two folders an import ties, cut where their paths part: a folder and those inside it are one. */
export function foldersOf(from: string, to: string): [from: string, to: string] {
  const [a, b] = [dirname(from).split('/'), dirname(to).split('/')]
  let same = 0
  while (same < Math.min(a.length, b.length) && a[same] === b[same]) same++
  if (same === a.length || same === b.length) return [dirname(from), dirname(from)]
  return [a.slice(0, same + 1).join('/'), b.slice(0, same + 1).join('/')]
}

/** The groups of names that reach each other. */
export function findCircles(arrows: readonly (readonly [from: string, to: string])[]): string[][] {
  const next = new Map<string, Set<string>>()
  for (const [from, to] of arrows) {
    if (from !== to) next.set(from, (next.get(from) ?? new Set()).add(to))
  }
  const reach = new Map([...next.keys()].map((name) => [name, reachedFrom(name, next)]))
  const circles = [...reach.keys()].flatMap((name) => {
    const mates = [...(reach.get(name) ?? [])].filter((mate) => reach.get(mate)?.has(name) === true)
    return mates.length > 0 ? [mates.toSorted().join(' ')] : []
  })
  return [...new Set(circles)].map((circle) => circle.split(' '))
}

function reachedFrom(start: string, next: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const seen = new Set<string>()
  const open = [...(next.get(start) ?? [])]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue
    seen.add(name)
    open.push(...(next.get(name) ?? []))
  }
  return seen
}
