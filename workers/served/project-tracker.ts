import { TEXT } from '../../src/model/column.ts'
import { isRecord } from '../../src/model/raw-value.ts'
import { err, ok } from '../../src/model/result.ts'
import { callByName, makeApi, type Answers, type Arguments, type CallName } from '../../src/protocol/calls.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import type { Outcome } from '../../src/protocol/outcome.ts'
import type { TrackerApi } from '../../src/protocol/tracker-api.ts'
import { trackerError } from '../../src/protocol/tracker-error.ts'
import type { TrackerEvent } from '../../src/protocol/tracker-event.ts'
import { PROTOCOL_VERSION } from '../../src/protocol/version.ts'
import type { Database } from '../db/database.ts'
import { makeNotices } from '../db/notices.ts'
import { unknownDatabase } from '../jobs/errors.ts'
import { keepInProject } from '../native/keep-in-project.ts'
import type { ProjectStore } from '../native/project-store.ts'
import type { Project } from '../native/project.ts'
import { answerProject } from '../node/answer-project.ts'
import { makeArrayIds } from './array-ids.ts'
import { mergeBins, mergeStorage } from './merged.ts'
import { queryProject } from './query-project.ts'

export interface ServedProject {
  /** As it is called. */
  readonly folder: string
  readonly project: Project
  /** A database of this process: files that pages open lie beside it, and it answers what nobody else does. */
  readonly scratch: ProjectStore
  readonly canWrite: boolean
  readonly notify: (event: TrackerEvent) => void
}

/** The calls that change something. */
const WRITING: ReadonlySet<CallName> = new Set([
  'ingest',
  'emptyBin',
  'eraseArtifacts',
  'storeArtifact',
  'keepFile',
])

/** A tracker over all databases of a project, as if they were one: what is asked goes to the one that has it. */
export function makeProjectTracker({
  folder,
  project,
  scratch,
  canWrite,
  notify,
}: ServedProject): TrackerApi {
  const ids = makeArrayIds()
  const notices = makeNotices(notify)
  const together = answerProject(project)
  const where = `On disk: ${folder}${canWrite ? '' : ', only read'}`

  /** By what the question names: an experiment, a run, a version. */
  function storeOf(asked: unknown): ProjectStore | undefined {
    if (!isRecord(asked)) return undefined
    const { experimentId, experimentIds, runId, runIds, series, artifactId, artifactIds } = asked
    const experiment = experimentId ?? firstOf(experimentIds)
    if (typeof experiment === 'string') return storeWith('experiments', experiment)
    const [point] = Array.isArray(series) ? (series as unknown[]) : []
    const run = runId ?? firstOf(runIds) ?? (isRecord(point) ? point['runId'] : undefined)
    if (typeof run === 'string') return project.storeOfRun(run)
    const artifact = artifactId ?? firstOf(artifactIds)
    return typeof artifact === 'string' ? storeWith('artifacts', artifact) : undefined
  }

  function storeWith(table: 'experiments' | 'artifacts', id: string): ProjectStore | undefined {
    return project
      .stores()
      .find(({ database }) => database.sql.exists(`select 1 from ${table} where id = ?`, [id]))
  }

  const api: Partial<TrackerApi> = {
    hello: () => Promise.resolve(ok({ protocolVersion: PROTOCOL_VERSION, storage: 'disk' })),
    ingest: (batch) => Promise.resolve(project.ingest(batch)),
    async readStorage() {
      const opened = await scratch.service.readStorage()
      return opened.ok ? ok(await mergeStorage(project, opened.value, where)) : opened
    },
    readBin: () => mergeBins(project),
    async cancel(jobId) {
      for (const { service } of [scratch, ...project.stores()]) await service.cancel(jobId)
      return ok(null)
    },
    async querySql({ database: id, sql, offset, limit }) {
      const opened = id === OWN_DATABASE ? null : await scratch.databases.find(id)
      if (opened === undefined) return err(unknownDatabase(id))
      const paths = opened === null ? project.stores().map(({ path }) => path) : [pathOf(opened)]
      return queryProject({ paths, sql, offset, limit })
    },
    copyDatabase: () => Promise.resolve(err(trackerError('sql-wrong', WRITE_BY_COMMAND))),
    readDisk: () => Promise.resolve(ok(null)),
    keepOnDisk: () => Promise.resolve(ok(null)),
    openFile: (request) => scratch.service.openFile(request),
    async keepFile({ database: id }) {
      const opened = await scratch.databases.find(id)
      if (opened === undefined || opened === scratch.database) return err(unknownDatabase(id))
      return keepInProject(project, opened, notices)
    },
    async readArrays(request) {
      const store = storeOf(request) ?? scratch
      const answer = await store.service.readArrays(request)
      return answer.ok ? ok({ ...answer.value, id: ids.toPage(store, answer.value.id) }) : answer
    },
    readArray: ({ id, ...request }) =>
      ids.ask(id, scratch, (store, own) => store.service.readArray({ ...request, id: own })),
    readArrayBytes: ({ id, ...request }) =>
      ids.ask(id, scratch, (store, own) => store.service.readArrayBytes({ ...request, id: own })),
  }

  function pass<Name extends CallName>(name: Name, asked: Arguments[Name]): Outcome<Answers[Name]> {
    if (!canWrite && WRITING.has(name)) return Promise.resolve(err(trackerError('read-only', READ_ONLY)))
    if (!OF_BOTH.has(name) && isOfFile(name, asked)) return callByName(scratch.service, name, asked)
    if (Object.hasOwn(api, name)) return callByName(api as TrackerApi, name, asked)
    const store = storeOf(asked)
    if (store === undefined && Object.hasOwn(together, name))
      return callByName(together as TrackerApi, name, asked)
    return callByName((store ?? onlyStore() ?? scratch).service, name, asked)
  }

  function onlyStore(): ProjectStore | undefined {
    const [only, another] = project.stores()
    return another === undefined ? only : undefined
  }

  return makeApi(pass)
}

function pathOf({ sql }: Database): string {
  return sql.value('select file from pragma_database_list where name = ?', ['main'], TEXT) ?? ''
}

/** Those of a file that need the project, or a thread of their own. */
const OF_BOTH: ReadonlySet<CallName> = new Set(['querySql', 'keepFile'])

/** Those that are asked with nothing but a database. */
const OF_DATABASE: ReadonlySet<CallName> = new Set(['readExperiments', 'closeFile', 'copyDatabase'])

/** What is asked of a file that a page opened is answered by where it lies. */
function isOfFile(name: CallName, asked: unknown): boolean {
  const database: unknown = OF_DATABASE.has(name) ? asked : isRecord(asked) ? asked['database'] : undefined
  return typeof database === 'string' && database !== OWN_DATABASE
}

const READ_ONLY = 'This dashboard only reads. Start it with kymo open --write to change anything.'
const WRITE_BY_COMMAND =
  'Here more rows than are shown are written by the command: kymo query "select …" --json > rows.json.'

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? (list as unknown[])[0] : undefined
}
