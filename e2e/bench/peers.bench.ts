import { join } from 'node:path'
import { atLeast, forInformation, quantile, type Figure, type Measurement } from './figure.ts'
import { EXPERIMENTS } from './peers/experiments.ts'
import { measureKymo, measureKymoCold } from './peers/kymo.ts'
import { measurePeer, type PeerTimes, type Row } from './peers/measure-peer.ts'
import { SYSTEMS, type PeerSystem } from './peers/systems.ts'
import { toTable } from './peers/table.ts'
import { ensurePython } from './peers/venv.ts'

type Print = (figure: Figure) => void

const FOLDER = join(import.meta.dirname, 'peers')
const COLD_ROUNDS = 5
const TRACKED_BY_MANY = new Set(['wandb_offline', 'mlflow_sqlite'])

/** What the ratio of a cell should be at least; null: printed for information. */
function targetOf(system: string, row: Row): number | null {
  if (row === 'E1_cold') return null
  if (row === 'E5' && system === 'mltraq_sequence') return 20
  if (row === 'E2' && TRACKED_BY_MANY.has(system)) return 50
  return 1
}

async function kymoTimes(version: (found: string) => void): Promise<Map<Row, number>> {
  const times = new Map<Row, number>()
  for (const experiment of EXPERIMENTS) {
    try {
      const measured = await measureKymo(experiment)
      version(measured.version)
      times.set(experiment.name, quantile(measured.times, 0.5))
    } catch (thrown) {
      console.log(
        `Kymo, ${experiment.name}: FAILED: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      )
    }
  }
  times.set('E1_cold', quantile(await measureKymoCold(COLD_ROUNDS), 0.5))
  return times
}

/** A cell that failed is a miss: nothing can be said of the ratios over it. */
function* kymoFigures(kymo: ReadonlyMap<Row, number>): Generator<Figure> {
  for (const row of [...EXPERIMENTS.map(({ name }) => name), 'E1_cold'] as const) {
    const figure = forInformation(`peers.kymo.${row}_ms`, kymo.get(row) ?? Number.NaN, 'ms')
    yield kymo.has(row) ? figure : { ...figure, ok: false }
  }
}

function* peerFigures(kymo: ReadonlyMap<Row, number>, { system, cells }: PeerTimes): Generator<Figure> {
  const ratios: number[] = []
  for (const [row, cell] of cells) {
    if (typeof cell === 'string') continue
    yield forInformation(`peers.${system.name}.${row}_ms`, cell, 'ms')
    const ours = kymo.get(row)
    if (ours === undefined) continue
    const ratio = cell / ours
    const target = targetOf(system.name, row)
    const name = `peers.${system.name}.${row}`
    yield target === null ? forInformation(name, ratio, '×') : atLeast(name, ratio, target, '×')
    if (target !== null) ratios.push(ratio)
  }
  if (system.name !== 'mltraq_list') return
  const geomean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length)
  yield atLeast(`peers.${system.name}.geomean`, geomean, 3, '×')
}

function systemsOf(only: string | undefined): readonly PeerSystem[] {
  if (only === undefined) return SYSTEMS
  const chosen = SYSTEMS.filter(({ name }) => name === only)
  if (chosen.length > 0 || only === 'kymo') return chosen
  throw new Error(`there is no system ${only}; there are kymo, ${SYSTEMS.map(({ name }) => name).join(', ')}`)
}

/** The same experiments in Kymo and in other trackers, on this machine in one run. `only`: Kymo and that one system. */
export async function measure(print: Print, only?: string): Promise<Measurement> {
  const systems = systemsOf(only)
  const figures: Figure[] = []
  const say = (figure: Figure) => {
    figures.push(figure)
    print(figure)
  }
  let version = ''
  const kymo = await kymoTimes((found) => (version = `Chromium ${found}`))
  for (const figure of kymoFigures(kymo)) say(figure)

  const peers: PeerTimes[] = []
  for (const system of systems) {
    const python = ensurePython(FOLDER, system.requirements)
    if (!python.ok) {
      console.log(`${system.title}: skipped: ${python.error}`)
      continue
    }
    const times = await measurePeer(FOLDER, python.value, system)
    peers.push(times)
    for (const figure of peerFigures(kymo, times)) say(figure)
  }
  console.log(`\n${toTable(kymo, peers)}`)
  return { version, figures }
}
