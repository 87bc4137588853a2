import type { ExperimentState } from './experiment-context.ts'

/** The parts of an experiment a test is about; another one that is asked for is an error. */
export function fakeExperiment(parts: Partial<ExperimentState>): ExperimentState {
  return new Proxy(parts, {
    get(known, name: keyof ExperimentState) {
      if (!(name in known)) throw new Error(`The test gives no ${name}.`)
      return known[name]
    },
  }) as ExperimentState
}
