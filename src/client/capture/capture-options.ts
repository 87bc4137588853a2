/** Code: its text, a function, or the URL of a file of this origin, as `import.meta.url`. */
export type CodeSource = string | URL | ((...values: never[]) => unknown)

export interface CodeOptions {
  /** The training itself. */
  readonly source?: CodeSource
  /** What it needs besides, by name. */
  readonly files?: Readonly<Record<string, CodeSource>>
  /** What `kymo/vite` found when left out. */
  readonly commit?: string
  readonly seed?: unknown
  /** Whether to ask which graphics card there is. */
  readonly gpu?: boolean
}

/** The run whose code is captured. */
export interface CodeTarget {
  /** Resolves with why it is not stored, or null. */
  readonly store: (files: Readonly<Record<string, string>>) => Promise<string | null>
  readonly setEnvironment: (environment: Readonly<Record<string, unknown>>) => void
}

/** A tensor of any library, as far as reading it needs. */
export interface TensorValues {
  readonly shape: readonly number[]
  data(): Promise<ArrayLike<number>>
}

/** Rows as arrays or records, numbers in a row-major array, CSV with a line of names, or a tensor. */
export type DatasetValue = readonly unknown[] | ArrayLike<number> | string | Blob | TensorValues

export interface DatasetOptions {
  /** Of a flat array of numbers: how many rows, then how many values in each. */
  readonly shape?: readonly number[]
  /** The class of every row, or the name of the column that says it. */
  readonly labels?: string | ArrayLike<unknown> | TensorValues
}
