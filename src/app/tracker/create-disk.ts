import { createMemo, createSignal, type Accessor } from 'solid-js'
import { parseJson } from '../../model/json.ts'
import { ok } from '../../model/result.ts'
import { OWN_DATABASE } from '../../protocol/database-id.ts'
import type { DiskReport, ExperimentOnDisk } from '../../protocol/disk-api.ts'
import { createLiveRead } from './create-live-read.ts'
import type { Tracker } from './tracker.ts'

/** The folder of a project in which what is tracked here is kept as well. */
export interface DiskState {
  /** Undefined where there is none, or it has not answered yet. */
  readonly report: Accessor<DiskReport | undefined>
  /** Experiments there that this browser has not, and nobody said they should not be offered. */
  readonly offered: Accessor<readonly ExperimentOnDisk[]>
  /** Does not offer these again. */
  decline(experiments: readonly ExperimentOnDisk[]): void
}

const DECLINED_KEY = 'kymo:disk-declined'

export function createDisk(tracker: Tracker): DiskState {
  const [report, setReport] = createSignal<DiskReport>()
  const [declined, setDeclined] = createSignal(readDeclined())

  createLiveRead(tracker, {
    database: OWN_DATABASE,
    on: ['filesChanged', 'runsChanged'],
    async read() {
      const answer = await tracker.api.readDisk()
      return answer.ok ? ok(answer.value ?? undefined) : answer
    },
    take: (found) => setReport(found?.folder === '' ? undefined : found),
  })

  return {
    report,
    offered: createMemo(() => (report()?.lacking ?? []).filter((each) => !declined().has(nameOf(each)))),
    decline(experiments) {
      const names = new Set([...declined(), ...experiments.map(nameOf)])
      setDeclined(names)
      writeDeclined(names)
    },
  }
}

function nameOf({ file, name }: ExperimentOnDisk): string {
  return `${file} ${name}`
}

function readDeclined(): ReadonlySet<string> {
  try {
    const kept = parseJson(localStorage.getItem(DECLINED_KEY) ?? '[]')
    return new Set(Array.isArray(kept) ? kept.map(String) : [])
  } catch {
    return new Set()
  }
}

function writeDeclined(names: ReadonlySet<string>): void {
  try {
    localStorage.setItem(DECLINED_KEY, JSON.stringify([...names]))
  } catch {
    // It is offered again after a reload.
  }
}
