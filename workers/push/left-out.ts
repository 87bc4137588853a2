/** What of a run a server does not have, and why: a sentence. */
export interface LeftOut {
  /** A key, or the path of a file. */
  readonly what: string
  readonly why: string
}
