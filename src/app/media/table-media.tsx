import type { TableContent } from '../../model/media-content/table-content.ts'
import { useToasts } from '../shell/create-toasts.ts'
import { toTabSeparated } from '../shell/tab-separated.ts'
import { TableGridView } from '../../widgets/media/table-grid-view.tsx'
import { saveCsv } from './media-file.ts'

/** A table, whose rows are copied and saved as they are arranged. */
export function TableMedia(props: { readonly content: TableContent; readonly label: string }) {
  const toasts = useToasts()
  return (
    <TableGridView
      content={props.content}
      label={props.label}
      onCopy={(rows) => {
        navigator.clipboard.writeText(toTabSeparated(rows)).then(
          () => toasts.say('Copied the rows.'),
          () => toasts.complain('The browser did not allow to copy. Save the rows as CSV instead.'),
        )
      }}
      onSave={(rows) => saveCsv(rows, props.label)}
    />
  )
}
