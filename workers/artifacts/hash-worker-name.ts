/** The name of the worker that serves a `HashThread`: the tracker worker's own file, started once more. */
export const HASH_WORKER_NAME = 'kymo-hash'
