/** What is told of one run, of the bin and of how an experiment is arranged, as one piece of code, loaded when it is first asked. */
export { readArrangement } from './arrangement.ts'
export { readArray, readArrayBytes, readArrays, readMedia } from './arrays.ts'
export { readArtifacts } from './artifacts.ts'
export { readBin } from './bin.ts'
export { readConsole } from './console.ts'
export { readEventColumns } from './events.ts'
export { readRefusals } from './refusals.ts'
export { readShownRun } from './run-detail.ts'
