/** The query over runs as one piece of code, loaded when it is first asked. */
export { parseRunQuery } from './parse-run-query.ts'
export { queryRuns } from './run-query.ts'
