import { quantile } from '../figure.ts'
import { runCell, type CellAnswer } from './cell.ts'
import { EXPERIMENTS, type ExperimentName } from './experiments.ts'
import { freshenMemory } from './fresh-memory.ts'
import type { PeerSystem } from './systems.ts'

const LIMIT_MS = 600_000

/** A cell that takes less than this is measured five times. */
const CHEAP_MS = 2_000
const REPETITIONS = 5

export type Row = ExperimentName | 'E1_cold'

/** The cells of one system, as far as they could be measured. */
export interface PeerTimes {
  readonly system: PeerSystem
  /** Milliseconds, or why there are none. */
  readonly cells: ReadonlyMap<Row, number | string>
  /** The cells where not everything was in the tracker's files when it said that it was done. */
  readonly late: readonly Row[]
  readonly versions: string
  readonly how: string
  readonly howArrays: string
}

export async function measurePeer(folder: string, python: string, system: PeerSystem): Promise<PeerTimes> {
  const cells = new Map<Row, number | string>()
  const late: Row[] = []
  let versions = ''
  let how = ''
  let howArrays = ''
  for (const experiment of EXPERIMENTS) {
    const predicted = experiment.length > 0 ? 0 : predictMs(cells, experiment.name)
    if (predicted > LIMIT_MS) {
      cells.set(experiment.name, `skipped: predicted ${Math.round(predicted / 1000)} s`)
      continue
    }
    const once = () => {
      if (experiment.length > 0) freshenMemory()
      return runCell(folder, python, system.name, experiment)
    }
    const { answer, cell, isLate } = await measureCell(once)
    cells.set(experiment.name, cell)
    if (isLate) late.push(experiment.name)
    versions ||= Object.values(answer.versions ?? {}).join(' ')
    if (experiment.length > 0) howArrays ||= answer.how ?? ''
    else how ||= answer.how ?? ''
    if (experiment.name !== 'E1') continue
    cells.set(
      'E1_cold',
      (await measureCell(() => runCell(folder, python, system.name, experiment, true))).cell,
    )
  }
  return { system, cells, late, versions, how, howArrays }
}

interface Measured {
  readonly answer: CellAnswer
  readonly cell: number | string
  readonly isLate: boolean
}

/** The median of five when it is cheap, else of one. */
async function measureCell(once: () => Promise<CellAnswer>): Promise<Measured> {
  const answer = await once()
  if (answer.skipped !== undefined) return { answer, cell: `skipped: ${answer.skipped}`, isLate: false }
  const times: number[] = []
  let isLate = false
  for (let next = answer; ; next = await once()) {
    if (next.ms === undefined) return { answer, cell: `FAILED: ${next.failed ?? 'no answer'}`, isLate }
    times.push(next.ms)
    isLate ||= next.late === true
    if (answer.ms === undefined || answer.ms > CHEAP_MS || times.length === REPETITIONS) break
  }
  return { answer, cell: quantile(times, 0.5), isLate }
}

/** What the cells before it let expect: runs and values cost what they cost there. 0 when they say nothing. */
function predictMs(cells: ReadonlyMap<Row, number | string>, name: ExperimentName): number {
  const time = (row: Row): number => {
    const cell = cells.get(row)
    return typeof cell === 'number' ? cell : Number.NaN
  }
  if (name === 'E4') return time('E3') * 10 || 0
  if (name === 'E5') return (time('E4') || time('E3') * 10) * 10 + (time('E2') - time('E1')) * 100 || 0
  return 0
}
