import { describe, expect, it } from 'vitest'
import { onlyWith } from '../../parts.fixture.ts'
import type { ChartLine } from './chart-line.ts'
import { linesToCsv } from './lines-csv.ts'

function lineOf(id: string, name: string, values: readonly number[]): ChartLine {
  const mean = Float64Array.from(values)
  return onlyWith<ChartLine>({ id, name, x: mean.map((_, index) => index), mean, min: mean, max: mean })
}

describe('a chart as CSV', () => {
  it('tells runs of one name apart, and none of it is a formula', () => {
    const lines = [lineOf('a', '=run', [1, -0.5]), lineOf('b', '=run', [2])]
    expect(linesToCsv(lines, '＝step').split('\r\n')).toEqual([
      "run_id,run_name,'＝step,mean,min,max",
      "a,'=run,0,1,1,1",
      "a,'=run,1,-0.5,-0.5,-0.5",
      "b,'=run,0,2,2,2",
      '',
    ])
  })
})
