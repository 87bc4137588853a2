import { DataGrid, DataGridCell, type DataGridColumn } from '../../../src/widgets/data-grid.tsx'
import { FactTable } from '../../../src/widgets/fact-table.tsx'
import { FoldedText } from '../../../src/widgets/folded-text.tsx'
import { formatValue } from '../../../src/widgets/number-format.ts'
import { RunColumns, RunHeads } from '../../../src/widgets/run-columns.tsx'
import { makeScrollTogether } from '../../../src/widgets/scroll-together.ts'
import { Sparkline } from '../../../src/widgets/sparkline.tsx'
import { VirtualList } from '../../../src/widgets/virtual-list.tsx'
import { held, ignore, LONG_NAME, type Demos } from './demo.ts'

const COLUMNS: readonly DataGridColumn[] = [
  { name: 'run', isNumber: false, width: 160 },
  { name: 'val/acc', isNumber: true, width: 110 },
  { name: LONG_NAME, isNumber: true, width: 140 },
]
const RUNS = Array.from({ length: 12 }, (_, index) => ({
  id: `${index}`,
  name: index === 1 ? LONG_NAME : `run ${index}`,
  color: `series-${(index % 8) + 1}`,
  stroke: index < 8 ? (0 as const) : (1 as const),
}))
const KEYS = ['lr', 'seed', LONG_NAME].map((key) => ({ key }))
const ENTRIES = Array.from({ length: 10_000 }, (_, index) => (index === 2 ? LONG_NAME : `entry ${index}`))

function gridCell(row: number, column: number) {
  const isMissing = column === 2 && row % 3 === 0
  const text = column === 0 ? (row === 1 ? LONG_NAME : `run ${row}`) : formatValue(row / 7)
  return (
    <DataGridCell isNumber={column > 0} isMissing={isMissing} title={text}>
      {isMissing ? '–' : text}
    </DataGridCell>
  )
}

/** Rows, columns and lists. */
export const TABLES: Demos = {
  'data-grid.tsx': [
    {
      state: 'a thousand rows, sorted',
      room: 'drawing',
      show: held({ column: 1, descending: true }, (sort, set) => (
        <DataGrid
          label="Many rows"
          columns={COLUMNS}
          rows={1_000}
          sort={sort()}
          onSort={(column) => set({ column, descending: !sort().descending })}
          cell={gridCell}
        />
      )),
    },
    {
      state: 'order given, empty',
      room: 'drawing',
      show: () => <DataGrid label="No rows" columns={COLUMNS} rows={0} cell={gridCell} />,
    },
  ],
  'fact-table.tsx': [
    {
      state: 'a fact of each kind',
      show: () => (
        <FactTable
          label="Params"
          facts={[
            { name: 'lr', value: '0.001', kind: 'number' },
            { name: 'model', value: 'cnn', kind: 'text' },
            { name: 'shuffled', value: 'true', kind: 'boolean' },
            { name: 'parent', value: 'null', kind: 'null' },
            { name: 'layers', value: '[64, 64, 10]', kind: 'json' },
            { name: LONG_NAME, value: LONG_NAME, kind: 'text' },
            { name: 'folded', value: LONG_NAME.repeat(20), kind: 'text' },
          ]}
        />
      ),
    },
    { state: 'empty', show: () => <FactTable label="No params" facts={[]} /> },
  ],
  'folded-text.tsx': [
    { state: 'short', show: () => <FoldedText text="[64, 64, 10]" /> },
    { state: 'folded', show: () => <FoldedText text={LONG_NAME.repeat(20)} /> },
  ],
  'run-columns.tsx': [
    {
      state: 'two runs',
      room: 'drawing',
      show: () => (
        <RunColumns
          label="Two runs"
          runs={RUNS.slice(0, 2)}
          rows={KEYS}
          together={makeScrollTogether()}
          cell={(row, run) => `${row.key.length * (run + 1)}`}
        />
      ),
    },
    {
      state: 'many runs',
      room: 'drawing',
      show: () => (
        <RunColumns
          label="Many runs"
          runs={RUNS}
          rows={KEYS}
          together={makeScrollTogether()}
          cell={(row, run) => `${row.key.length * (run + 1)}`}
        />
      ),
    },
    {
      state: 'a head',
      room: 'drawing',
      show: () => (
        <RunHeads
          label="Many runs"
          runs={RUNS}
          together={makeScrollTogether()}
          onPick={ignore}
          onMenu={ignore}
        />
      ),
    },
  ],
  'sparkline.tsx': [
    { state: 'a curve that reached further', show: () => <Spark color="series-1" reach={0.4} /> },
    { state: 'of one value', show: () => <Spark color="#c23f78" reach={0} isFlat /> },
  ],
  'virtual-list.tsx': [
    {
      state: 'ten thousand entries',
      room: 'drawing',
      show: held(0, (current, set) => (
        <VirtualList
          label="Many entries"
          entries={ENTRIES}
          rowHeight={28}
          current={current()}
          onMove={set}
          row={listRow}
        />
      )),
    },
    {
      state: 'empty',
      room: 'drawing',
      show: () => (
        <VirtualList
          label="No entries"
          entries={[]}
          rowHeight={28}
          current={-1}
          onMove={ignore}
          row={listRow}
        />
      ),
    },
  ],
}

function listRow(entry: () => string) {
  return (
    <button type="button" class="gallery-entry" data-row-focus>
      {entry()}
    </button>
  )
}

function Spark(props: { readonly color: string; readonly reach: number; readonly isFlat?: boolean }) {
  const x = Float64Array.from({ length: 40 }, (_, index) => index)
  const mean = x.map((at) => (props.isFlat === true ? 1 : 2 / (1 + at / 8)))
  return (
    <span class="gallery-spark">
      <Sparkline
        label="loss"
        color={props.color}
        x={x}
        mean={mean}
        min={mean.map((value) => value - props.reach)}
        max={mean.map((value) => value + props.reach)}
        from={0}
        to={39}
      />
    </span>
  )
}
