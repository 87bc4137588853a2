import { parquetMetadata } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { TABLES } from '../../../src/protocol/public-schema.ts'
import { columnNames } from '../../../src/model/column.ts'
import { openWorkshop, runStart, unwrap } from '../../store-suite/workshop.fixture.ts'
import { unzip } from '../unzip.fixture.ts'
import { readTables } from './read.fixture.ts'

const METRICS = 'metrics/experiment=digits/part-0.parquet'

describe('a zip of Parquet', () => {
  it('has the tables of the public schema', async () => {
    const workshop = await openWorkshop()
    await workshop.commit(
      [runStart('a', { params: { lr: 0.1, deep: { x: [1] } }, tags: { team: 'vision' } })],
      {
        a: { loss: [3, Number.NaN, 0.5].map((value, step) => ({ step: -step, value, time: step })) },
      },
    )
    await workshop.commit([
      { type: 'setParams', runId: 'a', params: { lr: 0.2 }, step: 1 },
      { type: 'setSummary', runId: 'a', summary: { best: 'x' } },
    ])
    const tables = await readTables(await workshop.exportAll('parquet'))
    expect([...tables.keys()]).toEqual([
      ...['experiments', 'runs', 'params', 'tags', 'events', 'series'].map((name) => `${name}.parquet`),
      METRICS,
    ])
    expect(tables.get('experiments.parquet')).toEqual([
      { id: 'experiment-1', name: 'digits', notes: 'why', created_at: 1000 },
    ])
    const [run] = tables.get('runs.parquet') ?? []
    expect(Object.keys(run ?? {})).toEqual(columnNames(TABLES.runs))
    expect(run).toMatchObject({ id: 'a', environment: '{}', summary: '{"best":"x"}', ended_at: null })
    expect(tables.get('params.parquet')).toEqual([
      { run_id: 'a', key: 'deep', value: '{"x":[1]}', first_value: null, changed_at_step: null },
      { run_id: 'a', key: 'lr', value: '0.2', first_value: '0.1', changed_at_step: 1 },
    ])
    expect(tables.get('tags.parquet')).toEqual([{ run_id: 'a', key: 'team', value: 'vision' }])
    expect(tables.get('series.parquet')).toMatchObject([
      { run_id: 'a', key: 'loss', count: 3n, nan_count: 1n, min: 0.5, max: 3, first_step: 0, last_step: -2 },
    ])
    expect(tables.get(METRICS)).toEqual([
      { run_id: 'a', key: 'loss', step: 0n, value: 3, time: 0 },
      { run_id: 'a', key: 'loss', step: -1n, value: Number.NaN, time: 1 },
      { run_id: 'a', key: 'loss', step: -2n, value: 0.5, time: 2 },
    ])
  })

  it('keeps fractional steps, in all files alike', async () => {
    const workshop = await openWorkshop()
    const other = { experiment: { name: 'other', id: 'experiment-2' } }
    await workshop.commit([runStart('a'), runStart('b', other)], {
      a: { loss: [{ step: 1, value: 1, time: 1 }] },
      b: { loss: [{ step: 0.5, value: 1, time: 1 }] },
    })
    const tables = await readTables(
      unwrap(
        await workshop.service.exportFile({
          jobId: 'e',
          database: 'own',
          experimentId: null,
          runIds: null,
          format: 'parquet',
        }),
      ).file,
    )
    expect(tables.get(METRICS)?.[0]).toMatchObject({ step: 1 })
    expect(tables.get('metrics/experiment=other/part-0.parquet')?.[0]).toMatchObject({ step: 0.5 })
  })

  it('keeps a file for experiments of one name, and tells in each row group which runs are in it', async () => {
    const workshop = await openWorkshop()
    const again = { experiment: { name: 'digits', id: 'experiment-2' } }
    const long = Array.from({ length: 70_000 }, (_, step) => ({ step, value: step, time: step }))
    await workshop.commit([runStart('a'), runStart('b'), runStart('c', again)], {
      a: { loss: long },
      b: { loss: long },
    })
    const files = await unzip(
      unwrap(
        await workshop.service.exportFile({
          jobId: 'e',
          database: 'own',
          experimentId: null,
          runIds: null,
          format: 'parquet',
        }),
      ).file,
    )
    expect([...files.keys()].filter((name) => name.startsWith('metrics/'))).toEqual([
      METRICS,
      'metrics/experiment=digits/part-1.parquet',
    ])
    const { row_groups, created_by } = parquetMetadata(files.get(METRICS)?.buffer ?? new ArrayBuffer(0))
    expect(created_by).toMatch(/^kymo version \d+$/)
    const bounds = row_groups.map(({ num_rows, columns }) => {
      const { min_value, max_value } = columns[0]?.meta_data?.statistics ?? {}
      return [num_rows, min_value, max_value]
    })
    expect(bounds).toEqual([
      [65_536n, 'a', 'a'],
      [65_536n, 'a', 'b'],
      [8928n, 'b', 'b'],
    ])
  })
})
