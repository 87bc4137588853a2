/** What went wrong, in one sentence that says what to do; it is what the command prints before it ends. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  /** 1: what was asked for is not there or failed. 2: it was asked wrongly. */
  readonly exitCode: 1 | 2

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message)
    this.exitCode = exitCode
  }
}
