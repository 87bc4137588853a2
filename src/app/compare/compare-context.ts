import { createContext, useContext, type Accessor } from 'solid-js'
import type { CompareState } from './create-compare.ts'
import type { RunRow } from '../experiment/create-runs.ts'
import type { CompareView } from '../workspace/compare-view.ts'
import type { ScrollTogether } from '../../widgets/scroll-together.ts'

/** What the parts of a comparison share. */
export interface CompareScope {
  /** Each field heard of by itself. */
  readonly view: CompareView
  /** Can be undone; a burst of one `kind` at once. */
  change(label: string, part: Partial<CompareView>, kind?: string): void
  /** The drawn runs, in the order of the list: rows of every column of `compare`. */
  readonly runs: Accessor<readonly RunRow[]>
  readonly compare: CompareState
  /** Rows of the runs that stand in tables: the baseline first, then the others, not too many. */
  readonly columns: Accessor<readonly number[]>
  /** The tables of runs, which are scrolled sideways as one. */
  readonly together: ScrollTogether
  /** The metric of the run list at its best, as an operand; null where nothing was logged. */
  readonly likeliest: Accessor<string | null>
}

export const CompareContext = createContext<CompareScope>()

export function useCompare(): CompareScope {
  const scope = useContext(CompareContext)
  if (scope === undefined) throw new Error('useCompare outside of <CompareContext.Provider>')
  return scope
}
