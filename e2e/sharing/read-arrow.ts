import { readFile } from 'node:fs/promises'
import { tableFromIPC } from 'apache-arrow'
import type { Point } from './night-sweep.ts'

/** The points of an exported Arrow file in log order, by `run id / key`. */
export async function readArrowPoints(path: string): Promise<ReadonlyMap<string, readonly Point[]>> {
  const table = tableFromIPC(await readFile(path))
  const series = new Map<string, Point[]>()
  for (const row of table) {
    const { run_id, key, step, value, time } = row.toJSON()
    const name = `${run_id}/${key}`
    const points = series.get(name) ?? []
    points.push([Number(step), value, time])
    series.set(name, points)
  }
  return series
}
