import { OPEN_FORMATS } from './open-formats.ts'

/** What runs leave in, as one file. */
interface ExportSpec {
  readonly title: string
  /** What it is and who reads it, in sentences. */
  readonly words: string
  readonly extension: string
  readonly mime: string
  /** Whether artifacts go with the runs where they are wanted. */
  readonly takesArtifacts: boolean
  /** Whether saved views and alerts go with the runs. */
  readonly takesViews: boolean
  /** About how large a point is in it, measured over 1.6 million of them. Unit: bytes. */
  readonly pointBytes: number
}

/** The first is the one that is meant when nobody chose. */
export const EXPORT_FORMATS = {
  db: {
    title: 'SQLite',
    words:
      'One .db file of everything. Kymo, sqlite3, pandas and Datasette read it, and DuckDB with its extension sqlite.',
    extension: 'db',
    mime: OPEN_FORMATS.db.mime,
    takesArtifacts: true,
    takesViews: true,
    pointBytes: 39,
  },
  arrow: {
    title: 'Arrow',
    words:
      'One .arrow file of every point, without arrays and artifacts. pyarrow and polars read it, and DuckDB what pyarrow has read.',
    extension: 'arrow',
    mime: OPEN_FORMATS.arrow.mime,
    takesArtifacts: false,
    takesViews: true,
    pointBytes: 32,
  },
  csv: {
    title: 'CSV',
    words:
      'One .zip of two tables, of runs and of every point, without arrays and artifacts. Spreadsheets, R and pandas read it.',
    extension: 'csv.zip',
    mime: 'application/zip',
    takesArtifacts: false,
    takesViews: false,
    pointBytes: 73,
  },
} as const satisfies Record<string, ExportSpec>
export type ExportFormat = keyof typeof EXPORT_FORMATS

export const EXPORT_FORMAT_NAMES = Object.keys(EXPORT_FORMATS) as readonly ExportFormat[]
