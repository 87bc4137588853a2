/** All that is told of one run, as one piece of code, loaded when somebody first looks at a run. */
export { readArrayBytes, readArrays } from './arrays.ts'
export { readRun } from './run-detail.ts'
