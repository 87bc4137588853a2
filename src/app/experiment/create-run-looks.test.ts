import { createRoot, createSignal } from 'solid-js'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../model/json.ts'
import { onlyWith } from '../../parts.fixture.ts'
import { INITIAL_CHARTS, type ChartsView } from '../workspace/charts-view.ts'
import { createRunLooks, ownLooks } from './create-run-looks.ts'
import type { RunRow, RunsState } from './create-runs.ts'
import { runStyle } from './run-colors.ts'

const IDS = ['a', 'b', 'c', 'd']

function columnOf(values: readonly JsonValue[]): ReadonlyMap<string, JsonValue> {
  return new Map(values.map((value, index) => [IDS[index] ?? '', value]))
}

const COLUMNS = new Map([
  ['param:lr', columnOf([0.1, 0.1, 0.01, 0.01])],
  ['param:phase', columnOf(['fine', 'fine', 'coarse', 'coarse'])],
  ['param:seed', columnOf([1, 2, 1, 2])],
])

function rowOf(id: string, place: number): RunRow {
  const ends = { startedAt: 0, endedAt: null, color: null, refusedCount: 0, paramChanges: null }
  return { id, name: id, label: id, status: 'finished', ...ends, style: runStyle(place, null) }
}

function openLooks(charts: Partial<ChartsView>, hidden: readonly string[] = []) {
  const rows = IDS.map(rowOf)
  const runs: RunsState = {
    runs: () => rows,
    failure: () => null,
    matched: () => '',
    problem: () => null,
    style: (id) => rows.find((row) => row.id === id)?.style ?? runStyle(0, null),
    label: (id) => id,
    paramChange: () => undefined,
    refresh: () => undefined,
  }
  const [gone, setGone] = createSignal<ReadonlySet<string>>(new Set(hidden))
  return createRoot((dispose) => {
    // Of all that match only one is drawn: the others are too many.
    const visibility = { visible: () => new Set(['a']), hidden: gone }
    const view = { ...INITIAL_CHARTS, ...charts }
    return {
      looks: createRunLooks(
        runs,
        visibility,
        () => COLUMNS,
        () => view,
      ),
      setGone,
      dispose,
    }
  })
}

describe('the look of a run', () => {
  it('is solid where nothing drawn has its colour, and dashed beside one that has', () => {
    const rows = [0, 8, 9].map((place) => rowOf(`at ${place}`, place))
    createRoot((dispose) => {
      const [drawn, setDrawn] = createSignal<ReadonlySet<string>>(new Set(['at 8', 'at 9']))
      const runs = onlyWith<RunsState>({
        runs: () => rows,
        style: (id) => rows.find((row) => row.id === id)?.style ?? runStyle(0, null),
      })
      const looks = ownLooks(runs, drawn)
      expect(['at 8', 'at 9'].map((id) => looks.style(id).stroke)).toEqual([0, 0])
      setDrawn(new Set(['at 0', 'at 8', 'at 9']))
      expect(['at 0', 'at 8', 'at 9'].map((id) => looks.style(id).stroke)).toEqual([0, 1, 0])
      dispose()
    })
  })
})

describe('the looks of groups', () => {
  it('are those of all runs that match, drawn or not', () => {
    const { looks, dispose } = openLooks({ groupBy: ['param:lr'] })
    expect(looks.groups()?.map(({ runIds }) => runIds)).toEqual([
      ['c', 'd'],
      ['a', 'b'],
    ])
    expect(looks.covered()).toEqual(new Set(IDS))
    dispose()
  })

  it('are pending until it is known what runs have, and all of them are read meanwhile', () => {
    const { looks, dispose } = openLooks({ groupBy: ['param:unread'] }, ['b'])
    expect([looks.isPending(), looks.groups()]).toEqual([true, null])
    expect(looks.covered()).toEqual(new Set(['a', 'c', 'd']))
    dispose()
  })

  it('go only where every run of a group is hidden', () => {
    const { looks, setGone, dispose } = openLooks({ groupBy: ['param:lr'] }, ['a'])
    expect(looks.groups()?.map(({ name, runIds }) => [name, runIds.length])).toEqual([
      ['lr 0.01', 2],
      ['lr 0.1', 2],
    ])
    setGone(new Set(['a', 'b']))
    expect(looks.groups()?.map(({ name }) => name)).toEqual(['lr 0.01'])
    expect(looks.covered()).toEqual(new Set(['c', 'd']))
    expect(looks.legends()[0]?.entries.map(({ text, isHidden }) => [text, isHidden === true])).toEqual([
      ['0.01', false],
      ['0.1', true],
    ])
    dispose()
  })

  it('are the same in the line, the legend and of each run', () => {
    const { looks, dispose } = openLooks({ groupBy: ['param:lr'], colorBy: 'param:phase' })
    expect(looks.refusal('colorBy')).toBeNull()
    for (const [place, group] of (looks.groups() ?? []).entries()) {
      expect(looks.legends()[0]?.entries[place]?.style).toEqual(group.style)
      for (const id of group.runIds) expect(looks.style(id)).toEqual(group.style)
    }
    const [fine] = looks.groups()?.slice(-1) ?? []
    const byPhase = looks.legends().find(({ title }) => title === 'phase')
    expect(byPhase?.entries.find(({ text }) => text === 'fine')?.style.color).toBe(fine?.style.color)
    dispose()
  })

  it('are no colours by what differs inside a group, and that is said', () => {
    const { looks, dispose } = openLooks({
      groupBy: ['param:lr'],
      colorBy: 'param:seed',
      dashBy: 'param:seed',
    })
    expect(looks.refusal('colorBy')).toContain('seed differs between the runs of every group')
    expect(looks.refusal('dashBy')).toContain('no one dash')
    expect(looks.legends().map(({ title }) => title)).toEqual(['lr'])
    const [group] = looks.groups() ?? []
    expect(group?.style).toEqual(openLooks({ groupBy: ['param:lr'] }).looks.groups()?.[0]?.style)
    dispose()
  })

  it('are coloured by what they are grouped by beside something else', () => {
    const { looks, dispose } = openLooks({ groupBy: ['param:lr', 'param:seed'], colorBy: 'param:seed' })
    expect(looks.refusal('colorBy')).toBeNull()
    expect(looks.style('a')).toEqual(looks.style('c'))
    expect(looks.style('a')).not.toEqual(looks.style('b'))
    dispose()
  })
})

describe('the looks of runs', () => {
  it('are told apart by colour where there are no groups, and charts tell of those that are drawn', () => {
    const { looks, dispose } = openLooks({ colorBy: 'param:seed' })
    expect(looks.groups()).toBeNull()
    expect(looks.covered()).toEqual(new Set(['a']))
    expect(looks.style('a')).toEqual(looks.style('c'))
    expect(looks.legends().map(({ title }) => title)).toEqual(['seed'])
    dispose()
  })
})
