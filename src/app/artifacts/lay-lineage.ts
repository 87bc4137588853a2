import type { Artifact, ArtifactId } from '../../model/artifact.ts'
import type { RunId } from '../../model/units.ts'

/** Versions of one name that one run made and nobody told apart since, drawn as one. */
export interface LineageArtifact {
  readonly kind: 'artifact'
  readonly id: string
  /** Newest first. */
  readonly versions: readonly Artifact[]
}

export interface LineageRun {
  readonly kind: 'run'
  readonly id: string
  readonly runId: RunId
}

export type LineageNode = LineageArtifact | LineageRun

/** Shape: `column` and `row` count from 0. */
export interface PlacedNode {
  readonly node: LineageNode
  readonly column: number
  readonly row: number
}

export interface Lineage {
  readonly nodes: readonly PlacedNode[]
  /** Ids of nodes, from what was there to what came of it. */
  readonly edges: readonly (readonly [string, string])[]
  readonly columns: number
  readonly rows: number
  /** Versions that are not drawn, because there are too many. */
  readonly leftOut: number
  /** The same of runs that used a version. */
  readonly leftOutRuns: number
}

/** More than this nobody reads, and laying it out would hold up the page. */
export const MAX_LINEAGE_VERSIONS = 400

/** Of one version. */
export const MAX_LINEAGE_USERS = 40

/**
 * Which run made what of which, from left to right: a run stands right of all it used, and what it made right of it.
 *
 * Those that were used come first where there are too many. A run that uses what came of it is drawn where it is met first.
 */
export function layLineage(all: readonly Artifact[]): Lineage {
  const there = all.filter(({ removedAt }) => removedAt === null)
  const kept = there
    .toSorted(
      (a, b) => Number(b.usedBy.length > 0) - Number(a.usedBy.length > 0) || b.createdAt - a.createdAt,
    )
    .slice(0, MAX_LINEAGE_VERSIONS)
  const drawn = kept.map(({ ...artifact }) =>
    Object.assign(artifact, { usedBy: artifact.usedBy.slice(0, MAX_LINEAGE_USERS) }),
  )
  const artifacts = gather(drawn)
  const edges = artifacts.flatMap(edgesOf)
  const columns = columnsOf(edges)
  const runIds = new Set(artifacts.flatMap(({ versions }) => versions.flatMap(runsOf)))
  const nodes: readonly LineageNode[] = [
    ...[...runIds].map((runId) => ({ kind: 'run', id: runKey(runId), runId }) as const),
    ...artifacts,
  ]
  const placed = place(nodes, edges, columns)
  return {
    nodes: placed,
    edges,
    columns: placed.reduce((most, { column }) => Math.max(most, column + 1), 0),
    rows: placed.reduce((most, { row }) => Math.max(most, row + 1), 0),
    leftOut: there.length - drawn.length,
    leftOutRuns: kept.reduce((sum, { usedBy }) => sum + Math.max(0, usedBy.length - MAX_LINEAGE_USERS), 0),
  }
}

/** Versions that nobody used are one with the others of their name and run. */
function gather(artifacts: readonly Artifact[]): readonly LineageArtifact[] {
  const groups = new Map<string, Artifact[]>()
  for (const artifact of artifacts) {
    const { id, runId, experimentId, name, usedBy } = artifact
    const key = usedBy.length > 0 ? artifactKey(id) : JSON.stringify([runId, experimentId, name])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [artifact])
    else group.push(artifact)
  }
  return [...groups].map(([id, versions]) => ({
    kind: 'artifact',
    id,
    versions: versions.toSorted((a, b) => b.version - a.version),
  }))
}

function edgesOf({ id, versions }: LineageArtifact): readonly (readonly [string, string])[] {
  const [first] = versions
  if (first === undefined) return []
  // A run that reads its own version again makes no circle of it.
  const users = [...new Set(versions.flatMap(({ usedBy }) => usedBy))].filter((user) => user !== first.runId)
  return [[runKey(first.runId), id], ...users.map((user) => [id, runKey(user)] as const)]
}

/** How far right each node stands: one more than the furthest of those it came of. */
function columnsOf(edges: readonly (readonly [string, string])[]): ReadonlyMap<string, number> {
  const sources = new Map<string, string[]>()
  for (const [from, to] of edges) sources.set(to, [...(sources.get(to) ?? []), from])
  const columns = new Map<string, number>()
  const visit = (id: string, path: ReadonlySet<string>): number => {
    const known = columns.get(id)
    if (known !== undefined) return known
    const inside = new Set(path).add(id)
    const before = (sources.get(id) ?? []).filter((source) => !inside.has(source))
    const column = before.reduce((most, source) => Math.max(most, visit(source, inside) + 1), 0)
    columns.set(id, column)
    return column
  }
  for (const [from, to] of edges) {
    visit(from, new Set())
    visit(to, new Set())
  }
  return columns
}

/** Column by column, each node as near as can be to the middle of those it came of. */
function place(
  nodes: readonly LineageNode[],
  edges: readonly (readonly [string, string])[],
  columns: ReadonlyMap<string, number>,
): readonly PlacedNode[] {
  const sources = new Map<string, string[]>()
  for (const [from, to] of edges) sources.set(to, [...(sources.get(to) ?? []), from])
  const rows = new Map<string, number>()
  const byColumn = new Map<number, LineageNode[]>()
  for (const node of nodes) {
    const column = columns.get(node.id) ?? 0
    byColumn.set(column, [...(byColumn.get(column) ?? []), node])
  }
  const wanted = ({ id }: LineageNode): number => {
    const before = (sources.get(id) ?? []).map((source) => rows.get(source) ?? 0)
    return before.length === 0 ? 0 : before.reduce((sum, row) => sum + row, 0) / before.length
  }
  const placed: PlacedNode[] = []
  for (const [column, some] of [...byColumn].toSorted(([a], [b]) => a - b)) {
    let row = 0
    for (const node of some.toSorted((a, b) => wanted(a) - wanted(b))) {
      row = Math.max(row, Math.round(wanted(node)))
      rows.set(node.id, row)
      placed.push({ node, column, row })
      row += 1
    }
  }
  return placed
}

const runsOf = ({ runId, usedBy }: Artifact): readonly RunId[] => [runId, ...usedBy]
const runKey = (runId: RunId): string => `run ${runId}`
const artifactKey = (id: ArtifactId): string => `artifact ${id}`
