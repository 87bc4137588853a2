/** A system that gets what a run logs as well. */
export interface Sink {
  readonly system: 'mlflow'
  /** With a user and password where it needs them. */
  readonly url: string
  /** Whether artifacts of the type `model` become versions of its registry. */
  readonly models: boolean
}

export interface MlflowOptions {
  /** Registers artifacts of the type `model`. */
  readonly models?: boolean
}

/**
 * An MLflow tracking server, which in Node gets a run while it trains: `init({ experiment, sinks: [mlflow(url)] })`.
 *
 * Credentials are those of the URL, or of the variables that MLflow's own clients read. What cannot be sent stays here, and
 * `kymo push mlflow URL` brings it later.
 */
export function mlflow(url: string | URL, { models = false }: MlflowOptions = {}): Sink {
  return { system: 'mlflow', url: String(url), models }
}

/** Reads sinks as lenient as other options: what is none is left out. */
export function parseSinks(value: unknown): readonly Sink[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((sink: unknown) => {
    const { system, url, models } = (sink ?? {}) as Partial<Record<string, unknown>>
    return system === 'mlflow' && typeof url === 'string' ? [{ system, url, models: models === true }] : []
  })
}
