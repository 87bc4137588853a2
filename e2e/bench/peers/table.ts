import { EXPERIMENTS, type PeerExperiment } from './experiments.ts'
import type { PeerTimes, Row } from './measure-peer.ts'

const NUMBER = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })

const COUNT = new Intl.NumberFormat('en')

/** Markdown: experiments down, systems across, milliseconds; below it why cells are empty. */
export function toTable(kymo: ReadonlyMap<Row, number>, peers: readonly PeerTimes[]): string {
  const titles = peers.map(({ system, versions }) => `${system.title} ${versions}`.trim())
  const rows = [
    ...EXPERIMENTS.map((experiment) => ({ row: experiment.name, label: labelOf(experiment) })),
    { row: 'E1_cold' as const, label: 'E1 cold: from the start of the process or page' },
  ]
  const notes = peers.flatMap(({ system, cells }) =>
    [...rowsByReason(cells)].map(([reason, rows]) => `- ${system.title}, ${rows.join(', ')}: ${reason}`),
  )
  const late = peers.flatMap(({ system, late }) =>
    late.length === 0 ? [] : [`- ${system.title}, ${late.join(', ')}: said done before all was in its files`],
  )
  const ways = peers.map(({ system, how, howArrays }) => {
    return `- ${system.title}: ${how}${howArrays === '' ? '' : `. Arrays: ${howArrays}`}`
  })
  return [
    `| ms | Kymo | ${titles.join(' | ')} |`,
    `|---|${'--:|'.repeat(peers.length + 1)}`,
    ...rows.map(({ row, label }) => {
      const cells = [kymo.get(row), ...peers.map(({ cells }) => cells.get(row))]
      return `| ${label} | ${cells.map((cell) => (typeof cell === 'number' ? NUMBER.format(cell) : '–')).join(' | ')} |`
    }),
    '',
    ...ways,
    ...late,
    ...notes,
  ].join('\n')
}

function labelOf({ name, runs, values, length }: PeerExperiment): string {
  const what = `${length === 0 ? 'value' : 'array'}${values === 1 ? '' : 's'}`
  const size = length === 0 ? '' : ` of ${COUNT.format(length)}`
  return `${name}: ${COUNT.format(runs)} run${runs === 1 ? '' : 's'} × ${COUNT.format(values)} ${what}${size}`
}

function rowsByReason(cells: PeerTimes['cells']): Map<string, Row[]> {
  const rows = new Map<string, Row[]>()
  for (const [row, cell] of cells) {
    if (typeof cell === 'string') rows.set(cell, [...(rows.get(cell) ?? []), row])
  }
  return rows
}
