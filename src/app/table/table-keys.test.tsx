import { createMemo, createSignal } from 'solid-js'
import { describe, expect, it, vi } from 'vitest'
import type { RunId } from '../../model/units.ts'
import { mount, press } from '../../mounted.fixture.ts'
import { onlyWith } from '../../parts.fixture.ts'
import { NAME_COLUMN } from '../workspace/table-columns.ts'
import { emptyWorkspace } from '../workspace/workspace.fixture.ts'
import { createColumnModel } from './create-column-model.ts'
import { createRunSelection } from './create-run-selection.ts'
import { createTableArrangement } from './create-table-arrangement.ts'
import { HEADER_ROW, type TableState } from './table-context.ts'
import { groupTableRuns } from './table-groups.ts'
import { pressInGrid, type ActiveCell, type GridKeys } from './table-keys.ts'
import { makeTableRows } from './table-rows.ts'

const RUNS: readonly RunId[] = ['a', 'b', 'c', 'd', 'e', 'f']
const COLUMNS = ['param:lr', 'param:seed', 'tag:model']
const WIDTH = 100
/** How many rows a page of the grid is. */
const PAGE = 3

/** A grid without cells, over the columns, the selection and the arrangement of the table. */
function openGrid({ runs = RUNS, groups = false } = {}) {
  const open = vi.fn<GridKeys['open']>()
  const openMenu = vi.fn<GridKeys['openMenu']>()
  const openRunMenu = vi.fn<GridKeys['openRunMenu']>()
  const copy = vi.fn<GridKeys['copy']>()
  const arrangement = createTableArrangement(
    emptyWorkspace(),
    () => COLUMNS,
    () => 'none',
  )
  const columns = createColumnModel({
    columns: arrangement.columns,
    pinned: arrangement.pinned,
    widths: createMemo(() => arrangement.view().widths),
    initialWidth: () => WIDTH,
    onWidths: arrangement.setWidths,
  })
  const selection = createRunSelection(() => runs)
  const makeRows = makeTableRows()
  const rows = createMemo(() => {
    const { closed, baseline } = arrangement.view()
    const grouped = groups ? groupTableRuns(runs, ['tag:model'], (id) => (id < 'c' ? 'cnn' : 'mlp')) : null
    return makeRows(runs, grouped, new Set(closed), baseline)
  })
  const [active, setActive] = createSignal<ActiveCell>({ row: HEADER_ROW, column: NAME_COLUMN })
  const keys: GridKeys = {
    table: onlyWith<TableState>({ arrangement, columns, selection, rows }),
    active,
    placeOf: (key) => (key === HEADER_ROW ? 0 : rows().findIndex((row) => row.key === key) + 1 || -1),
    page: () => PAGE,
    focus: (place, column) => setActive({ row: rows()[place - 1]?.key ?? HEADER_ROW, column }),
    openMenu,
    open,
    openRunMenu,
    copy,
  }
  return { keys, arrangement, columns, selection, rows, active, setActive, open, openMenu, openRunMenu, copy }
}

type Grid = ReturnType<typeof openGrid>

/** A grid in the page, with the focus on a name: of the header, or of a row counted from 1. */
function showGrid(place = 0, options: Parameters<typeof openGrid>[0] = {}): Grid {
  let grid: Grid | undefined
  const page = mount(() => {
    const { keys } = (grid = openGrid(options))
    return <div tabindex={0} onKeyDown={(event) => pressInGrid(event, keys) && event.preventDefault()} />
  })
  page.querySelector('div')?.focus()
  if (grid === undefined) throw new Error('The grid was not drawn.')
  grid.keys.focus(place, NAME_COLUMN)
  return grid
}

/** Where each key leads, one after the other: the row and which of its cells. */
function walk({ active, columns }: Grid, ...chords: readonly string[]): readonly string[] {
  return chords.map((chord) => {
    press(chord)
    return `${active().row} ${columns.all().indexOf(active().column)}`
  })
}

const selected = ({ selection }: Grid): string => [...selection.selected()].toSorted().join('')

describe('keys that move through the table', () => {
  it('move by one cell, and stop at every edge', () => {
    const grid = showGrid()
    expect(walk(grid, 'ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowRight', 'ArrowUp')).toEqual([
      'header 0',
      'header 0',
      'a 0',
      'a 1',
      'header 1',
    ])
    const last = showGrid(6)
    expect(walk(last, 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight')).toEqual([
      'f 0',
      'f 1',
      'f 2',
      'f 3',
      'f 3',
    ])
  })

  it('reach the ends of a row, of a column, and of all', () => {
    expect(walk(showGrid(2), 'End', 'Home')).toEqual(['b 3', 'b 0'])
    expect(walk(showGrid(2), 'Control+ArrowRight', 'Control+ArrowDown', 'Control+ArrowUp')).toEqual([
      'b 3',
      'f 3',
      'a 3',
    ])
    expect(walk(showGrid(2), 'Control+End', 'Control+Home')).toEqual(['f 3', 'a 0'])
  })

  it('turn pages, not into the header', () => {
    const grid = showGrid(1)
    expect(walk(grid, 'PageDown', 'PageDown', 'PageUp', 'PageUp')).toEqual(['d 0', 'f 0', 'c 0', 'a 0'])
  })

  it('stay in the header where there are no runs', () => {
    const grid = showGrid(0, { runs: [] })
    expect(walk(grid, 'ArrowDown', 'PageDown', 'PageUp', 'Control+End', 'Control+Home')).toEqual([
      'header 0',
      'header 0',
      'header 0',
      'header 3',
      'header 0',
    ])
  })

  it('leave to the browser what asks for nothing here', () => {
    const grid = showGrid(1)
    expect(['Tab', 'x', 'Alt+ArrowDown', 'Control+b', 'Escape'].map(press)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ])
    expect(press('ArrowDown')).toBe(true)
    expect(grid.active().row).toBe('b')
  })
})

describe('keys on a run of the table', () => {
  it('open its menu, as the menu key and Shift F10 do everywhere', () => {
    const { openRunMenu } = showGrid(2)
    press('ContextMenu')
    press('Shift+F10')
    expect(openRunMenu.mock.calls).toEqual([['b'], ['b']])
  })
})

describe('keys in the header of the table', () => {
  it('resize a column by Shift and an arrow, within bounds', () => {
    const { columns } = showGrid()
    press('Shift+ArrowRight')
    press('Shift+ArrowRight')
    expect(columns.width(NAME_COLUMN)).toBe(WIDTH + 32)
    press('Shift+ArrowLeft')
    expect(columns.width(NAME_COLUMN)).toBe(WIDTH + 16)
    for (let times = 0; times < 20; times += 1) press('Shift+ArrowLeft')
    expect(columns.width(NAME_COLUMN)).toBe(48)
  })

  it('move a column by Alt and an arrow, with the focus on it', () => {
    const grid = showGrid()
    press('ArrowRight')
    press('Alt+ArrowRight')
    expect(grid.columns.all()).toEqual([NAME_COLUMN, 'param:seed', 'param:lr', 'tag:model'])
    expect(grid.active().column).toBe('param:lr')
    press('Alt+ArrowLeft')
    press('Alt+ArrowLeft')
    expect(grid.columns.all()).toEqual([NAME_COLUMN, ...COLUMNS])
  })

  it('sort by Enter, turn round by the next, and sort by several with Shift', () => {
    const { arrangement } = showGrid()
    const sorted = (): readonly string[] =>
      arrangement.view().sort.map(({ column, direction }) => `${column} ${direction}`)
    press('ArrowRight')
    press('Enter')
    expect(sorted()).toEqual(['param:lr ascending'])
    press('Enter')
    press('ArrowRight')
    press('Shift+Enter')
    expect(sorted()).toEqual(['param:lr descending', 'param:seed ascending'])
  })

  it('open the menu of a column and hide it, but never the name', () => {
    const { columns, openMenu } = showGrid()
    expect(press('Delete')).toBe(false)
    press('ArrowRight')
    press('Alt+ArrowDown')
    expect(openMenu).toHaveBeenCalledExactlyOnceWith('param:lr')
    press('Delete')
    expect(columns.all()).toEqual([NAME_COLUMN, 'param:seed', 'tag:model'])
  })
})

describe('keys on a run of the table', () => {
  it('open it by Enter and neither sort, hide nor resize', () => {
    const { arrangement, columns, open } = showGrid(2)
    press('Enter')
    expect(open).toHaveBeenCalledExactlyOnceWith('b')
    press('Delete')
    press('Shift+ArrowRight')
    expect(arrangement.view().sort).toEqual([])
    expect(columns.all()).toHaveLength(4)
    expect(columns.width(NAME_COLUMN)).toBe(WIDTH)
  })

  it('select it by Space, the rows up to it with Shift, and none by Escape', () => {
    const grid = showGrid(2)
    press('Space')
    expect(selected(grid)).toBe('b')
    press('ArrowDown')
    press('ArrowDown')
    press('Shift+Space')
    expect(selected(grid)).toBe('bcd')
    press('Space')
    expect(selected(grid)).toBe('bc')
    expect(press('Escape')).toBe(true)
    expect(selected(grid)).toBe('')
  })

  it('select what Shift and an arrow pass over', () => {
    const grid = showGrid(2)
    press('Shift+ArrowDown')
    press('Shift+ArrowDown')
    expect([selected(grid), grid.active().row]).toEqual(['bcd', 'd'])
    press('Shift+PageDown')
    expect(selected(grid)).toBe('bcdef')
  })

  it('select all, and copy only where something is selected', () => {
    const grid = showGrid(2)
    expect(press('Control+c')).toBe(false)
    press('Control+a')
    expect(selected(grid)).toBe('abcdef')
    expect(press('Control+c')).toBe(true)
    expect(grid.copy).toHaveBeenCalledOnce()
  })

  it('make it the baseline and take that back by b', () => {
    const { arrangement } = showGrid(2)
    press('b')
    expect(arrangement.view().baseline).toBe('b')
    press('b')
    expect(arrangement.view().baseline).toBeNull()
  })

  it.each(['Enter', 'Space'])('fold a group by %s, and open no run', (key) => {
    const { rows, open } = showGrid(1, { groups: true })
    expect(rows()).toHaveLength(8)
    press(key)
    expect(rows().map(({ kind }) => kind)).toEqual(['group', 'group', 'run', 'run', 'run', 'run'])
    press(key)
    expect(rows()).toHaveLength(8)
    expect(open).not.toHaveBeenCalled()
  })
})
