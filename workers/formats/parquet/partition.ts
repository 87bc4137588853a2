/** What Hive calls the folder of rows that have no value. */
const NO_VALUE = '__HIVE_DEFAULT_PARTITION__'

/** So that a folder's name stays below the 255 bytes that file systems take. Unit: bytes of UTF-8. */
const MAX_VALUE_BYTES = 200

/** What Hive and Spark write as `%` and two digits, and what Windows has no place for. Source: FileUtils.escapePathName of Hive. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const ESCAPED = /[\u0000-\u001f"#%'*/:<=>?\\[\]^{|}\u007f]/g

/**
 * The folder of the rows that have one value in one column, as Hive, Spark, DuckDB and pyarrow read it back:
 * `experiment=lr%3D0.1`. It is one name, whatever the value is; what is too long is cut.
 */
export function partitionFolder(column: string, value: string): string {
  return `${column}=${value === '' ? NO_VALUE : escapeValue(value)}`
}

function escapeValue(value: string): string {
  const escaped = value.replaceAll(/\p{Surrogate}/gu, '\u{FFFD}').replaceAll(ESCAPED, percent)
  const encoder = new TextEncoder()
  let bytes = 0
  let end = 0
  for (const [character] of escaped.matchAll(/%..|./gsu)) {
    bytes += encoder.encode(character).length
    if (bytes > MAX_VALUE_BYTES) break
    end += character.length
  }
  // Windows drops these at the end of a name.
  return escaped.slice(0, end).replace(/[. ]$/, percent)
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}
