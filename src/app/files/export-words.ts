import type { ExportFormat } from '../../protocol/export-formats.ts'

interface ExportWords {
  readonly title: string
  /** What it is and who reads it, in sentences. */
  readonly words: string
}

export const EXPORT_WORDS: Readonly<Record<ExportFormat, ExportWords>> = {
  db: {
    title: 'SQLite',
    words:
      'One .db file of everything. Kymo, sqlite3, pandas and Datasette read it, and DuckDB with its extension sqlite.',
  },
  arrow: {
    title: 'Arrow',
    words:
      'One .arrow file of every point, without arrays and artifacts. pyarrow and polars read it, and DuckDB what pyarrow has read.',
  },
  csv: {
    title: 'CSV',
    words:
      'One .zip of two tables, of runs and of every point, without arrays and artifacts. Spreadsheets, R and pandas read it.',
  },
  jsonl: {
    title: 'JSON Lines',
    words:
      'One .zip of two files, of runs and of every point, a JSON object a line, without arrays and artifacts. jq, pandas and DuckDB read it.',
  },
  parquet: {
    title: 'Parquet',
    words:
      'One .zip of tables, every point in folders by experiment, without arrays and artifacts. DuckDB, Spark, ClickHouse and pandas read it.',
  },
  tensorboard: {
    title: 'TensorBoard',
    words:
      'One .zip of an event file a run, with params and notes, without media and artifacts. Values are rounded to 32 bits, and steps to whole numbers.',
  },
}
