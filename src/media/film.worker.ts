import { encodeFilm } from './encode-film.ts'
import { serveJobs } from './serve-jobs.ts'

serveJobs(globalThis as unknown as DedicatedWorkerGlobalScope, encodeFilm)
