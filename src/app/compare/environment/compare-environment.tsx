import { createMemo, Show } from 'solid-js'
import { isJsonObject, type JsonObject } from '../../../model/json.ts'
import type { RunId } from '../../../model/units.ts'
import { diffColumns } from '../compare-diff.ts'
import { createEnvironments } from './create-environments.ts'
import { useTracker } from '../../tracker/tracker.ts'
import { formatPlural } from '../../../widgets/number-format.ts'
import { environmentGroups, parseDatasets } from '../../experiment/environment-groups.ts'
import { useExperiment } from '../../experiment/experiment-context.ts'
import { CodeDiff } from './code-diff.tsx'
import { useCompare } from '../compare-context.ts'
import { DiffTable } from '../diff-table.tsx'
import { CompareNote } from '../compare-note.tsx'

/** Enough of a digest to tell two apart. */
const SHOWN_DIGITS = 12

/** Where the compared runs trained, on which data and with which code. */
export function CompareEnvironment() {
  const { database } = useExperiment()
  const { view, columns, runs } = useCompare()
  const isOpen = (): boolean => !view.closed.includes('environment')
  const compared = createMemo(() => columns().flatMap((row) => runs()[row] ?? []))
  const { environments, loaded, failure } = createEnvironments(useTracker(), database, () =>
    isOpen() ? compared().map((run) => run.id) : [],
  )
  const rows = createMemo(() => {
    const facts = compared().map((run) => factsOf(environments().get(run.id) ?? {}))
    const keys = [...new Set(facts.flatMap((each) => [...each.keys()]))]
    return diffColumns(keys.map((key) => ({ key, values: facts.map((each) => each.get(key) ?? null) })))
  })
  const withCode = createMemo(() => compared().filter((run) => hasCode(environments().get(run.id))))
  const codeOf = (id: RunId): string => String(codeFacts(environments().get(id))?.['digest'])

  return (
    <DiffTable
      section="environment"
      one="fact"
      label="Environment by run"
      rows={rows()}
      isLoaded={loaded()}
      none="Nothing is known of where these runs trained."
    >
      <Show when={failure()}>{(message) => <CompareNote>{message()}</CompareNote>}</Show>
      <Show when={withCode().length > 1}>
        <CodeDiff runs={withCode()} codeOf={codeOf} />
      </Show>
    </DiffTable>
  )
}

/** What is known of an environment by name; a dataset by its rows and the start of its fingerprint. */
function factsOf(environment: JsonObject): ReadonlyMap<string, string> {
  const datasets = parseDatasets(environment).map(({ name, rows, fingerprint }) => {
    const words = [
      formatPlural(rows, 'row'),
      ...(fingerprint === null ? [] : [fingerprint.slice(0, SHOWN_DIGITS)]),
    ]
    return [`dataset ${name}`, words.join(', ')] as const
  })
  const facts = environmentGroups(environment).flatMap((group) =>
    group.facts.map(
      ({ name, value }) =>
        [`${group.title}: ${name}`, name === 'digest' ? value.slice(0, SHOWN_DIGITS) : value] as const,
    ),
  )
  return new Map([...datasets, ...facts])
}

function codeFacts(environment: JsonObject | undefined): JsonObject | null {
  const code = environment?.['code']
  return isJsonObject(code) ? code : null
}

function hasCode(environment: JsonObject | undefined): boolean {
  return typeof codeFacts(environment)?.['digest'] === 'string'
}
