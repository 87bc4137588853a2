import type { Artifact } from '../../model/artifact.ts'

/** A version as a store would tell of it, for tests; `contents` are digests of files of 10 bytes each. */
export function artifactOf(
  version: number,
  {
    contents = [`digest ${version}`],
    ...more
  }: Partial<Artifact> & { readonly contents?: readonly string[] } = {},
): Artifact {
  return {
    id: `v${version}`,
    experimentId: 'e',
    runId: 'maker',
    name: 'model',
    version,
    type: 'model',
    step: version * 10,
    createdAt: version,
    metadata: {},
    bytes: contents.length * 10,
    digest: contents.join(),
    files: contents.map((digest, index) => ({ path: `file ${index}`, mime: '', bytes: 10, digest })),
    aliases: [],
    heldAliases: [],
    usedBy: [],
    removedAt: null,
    erasedAt: null,
    ...more,
  }
}
