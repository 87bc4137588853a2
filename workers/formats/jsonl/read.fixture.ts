import type { ReadPoint } from '../read-point.fixture.ts'
import { textOf, unzip } from '../unzip.fixture.ts'

type Line = Readonly<Record<string, unknown>>

/** The lines of a file, each an object. */
export async function readLines(file: Blob, name: string): Promise<readonly Line[]> {
  const text = textOf((await unzip(file)).get(name))
  if (text === '') return []
  if (!text.endsWith('\n')) throw new Error(`${name} ends within a line`)
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}

export async function readPoints(file: Blob): Promise<readonly ReadPoint[]> {
  return (await readLines(file, 'metrics.jsonl')).map(({ runId, key, step, value, time }) => [
    String(runId),
    String(key),
    Number(step),
    Number(value),
    Number(time),
  ])
}
