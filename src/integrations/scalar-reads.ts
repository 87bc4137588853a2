import type { Metrics } from '../client/metric-log.ts'
import type { Run } from '../client/run.ts'
import { readTensor, type TensorLike } from '../client/tensor-read.ts'

/** A scalar tensor, as far as reading it needs. */
export type ScalarLike = TensorLike

/** Metrics by name, of which some are still in tensors. */
export type UnresolvedLogs = Readonly<Record<string, number | ScalarLike>>

/** The latest read of each run: values are logged in the order in which they were handed over. */
const latest = new WeakMap<Run, Promise<void>>()

/**
 * Logs numbers and scalar tensors as soon as all of them are read, with the time of the call.
 *
 * Owner: the tensors stay the caller's and may be disposed at once; clones are read and disposed. Never rejects: what
 * cannot be read is refused by name.
 */
export function logWhenRead(run: Run, scalars: UnresolvedLogs, step: number | undefined): Promise<void> {
  const time = Date.now()
  const reads = Promise.all(
    Object.entries(scalars).map(async ([key, value]) => [key, await read(value)] as const),
  )
  const before = latest.get(run)
  const logged = Promise.all([reads, before]).then(([entries]) =>
    // `log` refuses by name what is not a number.
    run.log(Object.fromEntries(entries) as Metrics, { step, time }),
  )
  latest.set(run, logged)
  return logged
}

/** The number in a tensor; the tensor itself where there is none to be had, so that `log` says what is wrong with it. */
async function read(value: number | ScalarLike): Promise<unknown> {
  if (typeof value !== 'object') return value
  try {
    const numbers = await readTensor(value)
    return numbers.length === 1 ? numbers[0] : value
  } catch {
    return value
  }
}
