import { OPEN_FORMATS } from './open-formats.ts'

/** What runs leave in. Several files are one zip, whose extension says so. */
interface ExportSpec {
  readonly extension: string
  readonly mime: string
  /** Whether arrays, consoles and, where they are wanted, artifacts go with the runs. */
  readonly takesArtifacts: boolean
  /** Whether saved views and alerts go with the runs. */
  readonly takesViews: boolean
  /**
   * About how large it is with nothing in it, and what a run with its params, a metric of a run and a point add, measured
   * over up to 100 runs, 1,000 metrics and 1.6 million points.
   */
  readonly bytes: {
    readonly file: number
    readonly run: number
    readonly series: number
    readonly point: number
  }
}

/** Tables or logs alone, in a zip. */
const ZIP = { mime: 'application/zip', takesArtifacts: false, takesViews: false } as const

/** The first is the one that is meant when nobody chose. */
export const EXPORT_FORMATS = {
  db: {
    extension: 'db',
    mime: OPEN_FORMATS.db.mime,
    takesArtifacts: true,
    takesViews: true,
    bytes: { file: 143_000, run: 410, series: 132, point: 39.5 },
  },
  arrow: {
    extension: 'arrow',
    mime: OPEN_FORMATS.arrow.mime,
    takesArtifacts: false,
    takesViews: true,
    bytes: { file: 660, run: 600, series: 0, point: 32 },
  },
  csv: { ...ZIP, extension: 'csv.zip', bytes: { file: 470, run: 80, series: 280, point: 89 } },
  jsonl: { ...ZIP, extension: 'jsonl.zip', bytes: { file: 260, run: 560, series: 190, point: 115 } },
  parquet: { ...ZIP, extension: 'parquet.zip', bytes: { file: 7_100, run: 125, series: 46, point: 14 } },
  tensorboard: {
    ...ZIP,
    extension: 'tensorboard.zip',
    bytes: { file: 24, run: 605, series: 4, point: 49 },
  },
} as const satisfies Record<string, ExportSpec>
export type ExportFormat = keyof typeof EXPORT_FORMATS

export const EXPORT_FORMAT_NAMES = Object.keys(EXPORT_FORMATS) as readonly ExportFormat[]

/** Those that are several files. */
export type ZipFormat = {
  [F in ExportFormat]: (typeof EXPORT_FORMATS)[F]['extension'] extends `${string}.zip` ? F : never
}[ExportFormat]

export function isZipFormat(format: ExportFormat): format is ZipFormat {
  return EXPORT_FORMATS[format].extension.endsWith('.zip')
}
