import { encode } from './encode.ts'
import { serveJobs } from './serve-jobs.ts'

serveJobs(globalThis as unknown as DedicatedWorkerGlobalScope, encode)
