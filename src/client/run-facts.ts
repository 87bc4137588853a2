import type { Change, RunStart } from '../model/log-batch.ts'
import type { Params } from '../model/run.ts'
import type { Step } from '../model/units.ts'
import { toEnvironment, toNotes, toParams, toTag, toText } from './run-options.ts'
import type { Run } from './run.ts'

/** What a run says of itself, from its start on. */
export interface RunFacts extends Pick<
  Run,
  'setName' | 'setNotes' | 'setParams' | 'setTag' | 'setEnvironment' | 'summary'
> {
  /** As a store is told that has never heard of the run. */
  readonly declaration: RunStart
  /** A param that was set at a step while it runs; one that nobody had said before is said first. */
  changeParam(key: string, value: number, before: number, step: Step | null): void
  /** What the run was born with, of one that was there before; what was said since stays. */
  adopt(stored: RunStart): void
}

export function createRunFacts(
  start: RunStart,
  enqueue: (change: Change) => void,
  lastStep: () => Step | null,
): RunFacts {
  const runId = start.id
  let declaration = start
  /** Params that were set while it runs: what becomes of them is told with the step. */
  const changed = new Set<string>()

  function setParams(params: Params, more: { readonly step?: Step | null } = {}): void {
    declaration = { ...declaration, params: { ...declaration.params, ...params } }
    enqueue({ type: 'setParams', runId, params, ...more })
  }

  return {
    get declaration() {
      return declaration
    },
    adopt(stored) {
      const { name, params, tags } = declaration
      declaration = {
        ...stored,
        name: name === start.name ? stored.name : name,
        params: { ...stored.params, ...params },
        tags: { ...stored.tags, ...tags },
      }
    },
    setName(value) {
      const name = toText(value)
      if (name === null) return
      declaration = { ...declaration, name }
      enqueue({ type: 'setRunName', runId, name })
    },
    setNotes(value) {
      const notes = toNotes(value)
      declaration = { ...declaration, notes }
      enqueue({ type: 'setRunNotes', runId, notes })
    },
    setParams(value) {
      const params = Object.entries(toParams(value))
      const anew = params.filter(([key]) => changed.has(key))
      const said = params.filter(([key]) => !changed.has(key))
      if (said.length > 0 || anew.length === 0) setParams(Object.fromEntries(said))
      if (anew.length > 0) setParams(Object.fromEntries(anew), { step: lastStep() })
    },
    changeParam(key, value, before, step) {
      if (!Object.hasOwn(declaration.params, key)) setParams(toParams({ [key]: before }))
      changed.add(key)
      setParams(toParams({ [key]: value }), { step })
    },
    setTag(key, value) {
      const tag = value === null || value === undefined ? null : toTag(value)
      const { [key]: _, ...others } = declaration.tags
      declaration = { ...declaration, tags: tag === null ? others : { ...others, [key]: tag } }
      enqueue({ type: 'setTags', runId, tags: { [key]: tag } })
    },
    setEnvironment(value) {
      const environment = { ...declaration.environment, ...toEnvironment(value) }
      declaration = { ...declaration, environment }
      enqueue({ type: 'setEnvironment', runId, environment })
    },
    summary(values) {
      enqueue({ type: 'setSummary', runId, summary: toParams(values) })
    },
  }
}
