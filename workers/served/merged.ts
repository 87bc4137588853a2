import { ok } from '../../src/model/result.ts'
import type { Outcome } from '../../src/protocol/outcome.ts'
import type { BinColumns } from '../../src/protocol/runs-api.ts'
import type { StorageReport } from '../../src/protocol/store-api.ts'
import type { Project } from '../native/project.ts'

/** How the databases of a project are, with the files that pages opened. `reason`: where they are. */
export async function mergeStorage(
  project: Project,
  opened: StorageReport,
  reason: string,
): Promise<StorageReport> {
  let { databaseBytes, binRuns } = opened
  for (const { service } of project.stores()) {
    const answer = await service.readStorage()
    if (!answer.ok) continue
    databaseBytes += answer.value.databaseBytes
    binRuns += answer.value.binRuns
  }
  return { ...opened, reason, databaseBytes, binRuns }
}

/** The bins of a project as one, what was removed last first. */
export async function mergeBins(project: Project): Outcome<BinColumns> {
  const rows: { readonly bin: BinColumns; readonly index: number }[] = []
  for (const { service } of project.stores()) {
    const answer = await service.readBin()
    if (!answer.ok) return answer
    for (const index of answer.value.id.keys()) rows.push({ bin: answer.value, index })
  }
  rows.sort((a, b) => (b.bin.removedAt[b.index] ?? 0) - (a.bin.removedAt[a.index] ?? 0))
  const texts = (of: 'id' | 'name' | 'experimentName'): string[] =>
    rows.map(({ bin, index }) => bin[of][index] ?? '')
  const numbers = (of: 'removedAt' | 'bytes' | 'artifacts' | 'needed'): Float64Array =>
    Float64Array.from(rows, ({ bin, index }) => bin[of][index] ?? 0)
  return ok({
    id: texts('id'),
    name: texts('name'),
    experimentName: texts('experimentName'),
    removedAt: numbers('removedAt'),
    bytes: numbers('bytes'),
    artifacts: numbers('artifacts'),
    needed: numbers('needed'),
  })
}
