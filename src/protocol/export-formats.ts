import { OPEN_FORMATS } from './open-formats.ts'

/** What runs leave in. Several files are one zip, whose extension says so. */
interface ExportSpec {
  readonly extension: string
  readonly mime: string
  /** Whether artifacts go with the runs where they are wanted. */
  readonly takesArtifacts: boolean
  /** Whether saved views and alerts go with the runs. */
  readonly takesViews: boolean
  /** About how large a point is in it, measured over 1.6 million of them. Unit: bytes. */
  readonly pointBytes: number
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
    pointBytes: 39,
  },
  arrow: {
    extension: 'arrow',
    mime: OPEN_FORMATS.arrow.mime,
    takesArtifacts: false,
    takesViews: true,
    pointBytes: 32,
  },
  csv: { ...ZIP, extension: 'csv.zip', pointBytes: 89 },
  jsonl: { ...ZIP, extension: 'jsonl.zip', pointBytes: 115 },
  parquet: { ...ZIP, extension: 'parquet.zip', pointBytes: 14 },
  tensorboard: { ...ZIP, extension: 'tensorboard.zip', pointBytes: 49 },
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
