/** What a file to be opened may be. */
interface OpenSpec {
  /** In a sentence that lists them. */
  readonly words: string
  /** What such files are called, the usual one first. */
  readonly extensions: readonly [string, ...string[]]
  readonly mime: string
}

export const OPEN_FORMATS = {
  db: {
    words: 'a Kymo database (.db)',
    extensions: ['.db', '.sqlite', '.sqlite3'],
    mime: 'application/vnd.sqlite3',
  },
  arrow: {
    words: 'an Arrow file (.arrow)',
    extensions: ['.arrow'],
    mime: 'application/vnd.apache.arrow.file',
  },
} as const satisfies Record<string, OpenSpec>
export type OpenFormat = keyof typeof OPEN_FORMATS

export function isOpenFormat(value: unknown): value is OpenFormat {
  return typeof value === 'string' && Object.hasOwn(OPEN_FORMATS, value)
}
