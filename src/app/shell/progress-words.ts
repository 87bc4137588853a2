import type { JobProgress } from '../tracker/create-job.ts'
import { formatBytes, formatCount } from '../../widgets/number-format.ts'

/** How far a job is, of how much where that is known. */
export function progressWords({ done, total, unit }: JobProgress): string {
  const size = (amount: number): string => (unit === 'bytes' ? formatBytes(amount) : formatCount(amount))
  const words = total > 0 ? `${size(done)} of ${size(total)}` : size(done)
  return unit === 'bytes' ? words : `${words} ${unit}`
}
