import { createEffect, createMemo, createSignal, on, type Accessor } from 'solid-js'
import type { SqlFormat } from '../../protocol/sql-api.ts'
import type { MenuEntry } from '../../widgets/menu.tsx'
import { downloadCsv, downloadFile } from '../shell/download.ts'
import type { SqlConsole } from './create-sql-console.ts'
import { toTsv } from './sql-words.ts'

const FORMATS: readonly { readonly format: SqlFormat; readonly text: string }[] = [
  { format: 'csv', text: 'CSV' },
  { format: 'json', text: 'JSON' },
  { format: 'arrow', text: 'Arrow' },
]

/** How a result leaves: all of it as a file, or the rows that are loaded by the clipboard. */
export interface ResultExports {
  readonly entries: Accessor<readonly NonNullable<MenuEntry>[]>
  /** Whether the rows of this result were copied. */
  readonly copied: Accessor<boolean>
}

export function createResultExports({ result, write }: Pick<SqlConsole, 'result' | 'write'>): ResultExports {
  const [copied, setCopied] = createSignal(false)
  createEffect(on(result, () => setCopied(false)))

  async function writeFile(format: SqlFormat): Promise<void> {
    const written = await write(format)
    if (written !== null) downloadFile(written.file, `query.${format}`)
  }

  async function writeForSpreadsheets(): Promise<void> {
    const written = await write('csv')
    if (written !== null) downloadCsv(written.file, 'query', 'spreadsheets')
  }

  async function copyRows(): Promise<void> {
    const shown = result()
    if (shown === null) return
    await navigator.clipboard.writeText(toTsv(shown))
    setCopied(true)
  }

  const entries = createMemo((): readonly NonNullable<MenuEntry>[] => [
    ...FORMATS.map(({ format, text }) => ({ text, hint: 'all rows', run: () => void writeFile(format) })),
    { text: 'For spreadsheets', hint: 'all rows', run: () => void writeForSpreadsheets() },
    { text: 'Copy rows', hint: 'as loaded', run: () => void copyRows() },
  ])
  return { entries, copied }
}
