/**
 * What may become of a call whose worker or owner is gone.
 *
 * again: it is asked of the next one; reads change nothing, `ingest` recognises what it has committed. once: a long job,
 * whose half-done work died with whoever did it, and which may take longer than `CALL_DEADLINE_MS`.
 */
export type CallKind = 'again' | 'once'

/** One row for every call of an interface. */
export type CallsOf<Api> = { readonly [Name in keyof Api]: CallKind }
