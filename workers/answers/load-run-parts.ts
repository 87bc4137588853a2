/** What is told of one run, one experiment, the bin: loaded at the first question about any of them. */
export const loadRunParts = () => import('../read/run-parts.ts')
