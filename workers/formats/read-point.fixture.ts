/** A point as another reader has it: run, metric, step, value, time. */
export type ReadPoint = readonly [runId: string, key: string, step: number, value: number, time: number]
