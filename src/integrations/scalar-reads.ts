import type { LogValue } from '../client/metric-log.ts'
import type { Run } from '../client/run.ts'
import { isTensor, readTensor, tensorSize, type TensorLike } from '../client/tensor-read.ts'

/** A scalar tensor, as far as reading it needs. */
export type ScalarLike = TensorLike

/** Metrics by name, of which some are still in tensors. */
export type UnresolvedLogs = Readonly<Record<string, number | ScalarLike>>

/**
 * Logs numbers and scalar tensors with the step and time of the call; the run waits for those that are not read yet.
 *
 * Resolves when all are read. Owner: the tensors stay the caller's and may be disposed at once; clones are read and
 * disposed. Never rejects: what cannot be read is refused by name.
 */
export async function logWhenRead(
  run: Run,
  scalars: UnresolvedLogs,
  step: number | undefined,
): Promise<void> {
  const reads: Promise<unknown>[] = []
  const values: Record<string, LogValue> = {}
  for (const [key, value] of Object.entries(scalars)) {
    if (!isScalar(value)) values[key] = value
    else reads.push((values[key] = readTensor(value)))
  }
  run.log(values, { step })
  await Promise.allSettled(reads)
}

export function areRead(logs: UnresolvedLogs): logs is Readonly<Record<string, number>> {
  for (const key in logs) if (typeof logs[key] !== 'number') return false
  return true
}

/** The numbers of some logs, read without blocking; what cannot be read is left out. */
export async function readScalars(logs: UnresolvedLogs): Promise<Readonly<Record<string, number>>> {
  const read = Object.entries(logs).map(
    async ([key, value]): Promise<readonly (readonly [string, number])[]> => {
      const number: unknown = isScalar(value) ? (await readTensor(value).catch(() => []))[0] : value
      return typeof number === 'number' ? [[key, number]] : []
    },
  )
  return Object.fromEntries((await Promise.all(read)).flat())
}

function isScalar(value: unknown): value is ScalarLike {
  return typeof value === 'object' && value !== null && isTensor(value) && tensorSize(value) === 1
}
