/** One experiment of MLtraq's benchmark: `runs` runs in one experiment, each logging `values` values under one name. */
export interface PeerExperiment {
  readonly name: ExperimentName
  readonly runs: number
  readonly values: number
  /** Shape: 0 for scalars, else the length of the float64 array that each value is. */
  readonly length: number
}

export type ExperimentName = 'E1' | 'E2' | 'E3' | 'E4' | 'E5' | 'A1' | 'A2' | 'A3'

/** Source: https://mltraq.com/benchmarks/speed/, the largest size of each of its experiments. */
export const EXPERIMENTS: readonly PeerExperiment[] = [
  { name: 'E1', runs: 1, values: 1, length: 0 },
  { name: 'E2', runs: 1, values: 10_000, length: 0 },
  { name: 'E3', runs: 10, values: 1, length: 0 },
  { name: 'E4', runs: 100, values: 1, length: 0 },
  { name: 'E5', runs: 1_000, values: 1_000, length: 0 },
  { name: 'A1', runs: 1, values: 1, length: 1_000_000 },
  { name: 'A2', runs: 1, values: 10, length: 1_000_000 },
  { name: 'A3', runs: 1, values: 10_000, length: 1_000 },
]
