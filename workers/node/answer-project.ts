import { err, ok, type Result } from '../../src/model/result.ts'
import type { RunId } from '../../src/model/units.ts'
import type { Outcome } from '../../src/protocol/outcome.ts'
import { STARTED } from '../../src/protocol/run-query.ts'
import type { TrackerApi } from '../../src/protocol/tracker-api.ts'
import { trackerError, unknownRun, type TrackerError } from '../../src/protocol/tracker-error.ts'
import type { Project } from '../native/project.ts'
import type { ProjectStore } from '../native/project-store.ts'

/** What the client asks of a tracker. */
export type ProjectApi = Pick<
  TrackerApi,
  'readExperiments' | 'queryRuns' | 'readRun' | 'readArtifacts' | 'readArtifactFile' | 'storeArtifact'
>

/** Answers for all databases of a project as if they were one. */
export function answerProject(project: Project): ProjectApi {
  /** What every store answers, one after the other; the first failure where one fails. */
  async function ofAll<T>(
    ask: (store: ProjectStore) => Outcome<T>,
  ): Promise<Result<readonly T[], TrackerError>> {
    const answers: T[] = []
    for (const store of project.stores()) {
      const answer = await ask(store)
      if (!answer.ok) return answer
      answers.push(answer.value)
    }
    return ok(answers)
  }

  function ofRun<T>(runId: RunId, what: string, ask: (store: ProjectStore) => Outcome<T>): Outcome<T> {
    const store = project.storeOfRun(runId)
    return store === undefined ? Promise.resolve(err(unknownRun(runId, what))) : ask(store)
  }

  return {
    async readExperiments(database) {
      const all = await ofAll(({ service }) => service.readExperiments(database))
      return all.ok ? ok(all.value.flat()) : all
    },
    /** Without columns, newest start first: what the client asks for. */
    async queryRuns(query) {
      const asked = { ...query, offset: 0, columns: [STARTED] }
      const all = await ofAll(({ service }) => service.queryRuns(asked))
      if (!all.ok) return all
      const found = all.value.flatMap(({ runIds, columns: [starts = []] }) =>
        runIds.map((runId, index) => ({ runId, startedAt: Number(starts[index]) })),
      )
      found.sort((a, b) => b.startedAt - a.startedAt)
      const runIds = found.slice(query.offset, query.offset + query.limit).map(({ runId }) => runId)
      return ok({ total: sumOf(all.value, ({ total }) => total), runIds, columns: [] })
    },
    readRun: (request) =>
      ofRun(request.runId, 'it cannot be read', ({ service }) => service.readRun(request)),
    storeArtifact: (request) =>
      ofRun(request.runId, `the artifact ${request.name} was not stored`, ({ service }) =>
        service.storeArtifact(request),
      ),
    async readArtifacts(request) {
      const all = await ofAll(({ service }) => service.readArtifacts(request))
      if (!all.ok) return all
      return ok({
        artifacts: all.value.flatMap(({ artifacts }) => artifacts),
        policies: all.value.flatMap(({ policies }) => policies),
        models: all.value.flatMap(({ models }) => models),
        forked: all.value.flatMap(({ forked }) => forked),
        storedBytes: sumOf(all.value, ({ storedBytes }) => storedBytes),
      })
    },
    async readArtifactFile(request) {
      for (const store of project.stores()) {
        if (!store.database.sql.exists('select 1 from artifacts where id = ?', [request.artifactId])) continue
        return store.service.readArtifactFile(request)
      }
      return err(trackerError('unknown-artifact', 'There is no such artifact in this project.'))
    },
  }
}

function sumOf<T>(answers: readonly T[], count: (answer: T) => number): number {
  return answers.reduce((sum, answer) => sum + count(answer), 0)
}
