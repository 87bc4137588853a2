import papa from 'papaparse'
import { describe, expect, it, vi } from 'vitest'
import type { JsonValue } from '../../model/json.ts'
import { err, ok } from '../../model/result.ts'
import { OWN_DATABASE } from '../../protocol/database-id.ts'
import type { RunsApi } from '../../protocol/runs-api.ts'
import { trackerError } from '../../protocol/tracker-error.ts'
import { runTableToCsv } from './run-table-csv.ts'

// The names of columns know how wide they are, of which there is nothing to ask here.
vi.mock('./column-words.ts', () => ({ columnName: (id: string) => id.slice(id.indexOf(':') + 1) }))

const CELLS: Readonly<Record<string, JsonValue>> = {
  name: '=HYPERLINK("x")',
  startedAt: 0,
  duration: 90_500,
  lr: 0.1 + 0.2,
  sizes: [1, 2],
  note: '＝1',
}

const readCells: RunsApi['readCells'] = ({ runIds, columns }) =>
  Promise.resolve(
    ok({
      runIds,
      columns: columns.map((column) =>
        runIds.map(() =>
          'at' in column ? 'before' : (CELLS['field' in column ? column.field : column.key] ?? null),
        ),
      ),
    }),
  )

async function rowsOf(
  runIds: readonly string[],
  columns: readonly string[],
  changed: ReadonlySet<string> = new Set(),
): Promise<string[][]> {
  const request = { database: OWN_DATABASE, runIds, columns, changed }
  const written = await runTableToCsv({ readCells }, request)
  if (!written.ok) throw new Error(written.error.message)
  const text = await written.value.text()
  return papa.parse<string[]>(text.slice(0, -2), { delimiter: ',', newline: '\r\n' }).data
}

describe('the table of runs as CSV', () => {
  it('has id and name first, then the columns as picked, without curves, and no formula', async () => {
    const columns = [
      'run:name',
      'param:sizes',
      'run:startedAt',
      'run:duration',
      'curve:loss',
      'param:lr',
      'tag:note',
      'tag:none',
    ]
    expect(await rowsOf(['a'], columns)).toEqual([
      ['run_id', 'run_name', 'sizes', 'startedAt', 'duration (s)', 'lr', 'note', 'none'],
      [
        'a',
        `'=HYPERLINK("x")`,
        '[1,2]',
        '1970-01-01T00:00:00.000Z',
        '90.5',
        '0.30000000000000004',
        "'＝1",
        '',
      ],
    ])
  })

  it('has what a param was before it was set, where one was', async () => {
    expect(await rowsOf(['a'], ['param:sizes', 'param:lr'], new Set(['lr', 'units']))).toEqual([
      ['run_id', 'run_name', 'sizes', 'lr', 'lr first'],
      ['a', `'=HYPERLINK("x")`, '[1,2]', '0.30000000000000004', 'before'],
    ])
  })

  it('has every run in order, however many are out of view', async () => {
    const runIds = Array.from({ length: 1_001 }, (_, index) => `run-${index}`)
    const rows = await rowsOf(runIds, ['param:lr'])
    expect(rows.slice(1).map(([id]) => id)).toEqual(runIds)
  })

  it('is none where the runs cannot be read', async () => {
    const failed = err(trackerError('interrupted', 'Gone.'))
    const request = { database: OWN_DATABASE, runIds: ['a'], columns: [], changed: new Set<string>() }
    expect(await runTableToCsv({ readCells: () => Promise.resolve(failed) }, request)).toEqual(failed)
  })
})
