import { expose } from 'comlink'
import { makeHashThread } from './artifacts/hash-thread.ts'
import { HASH_WORKER_NAME } from './artifacts/hash-worker-name.ts'
import { joinStore } from './owner.ts'

/**
 * Every tab and every training worker starts one of these; one of them owns the database, the others reach it. The owner
 * starts one more under a name of its own, which digests what it writes.
 */
if (globalThis.name === HASH_WORKER_NAME) expose(makeHashThread())
else expose(joinStore())
