import type { Command } from '../shell/create-commands.ts'
import type { MenuEntry } from '../../widgets/menu.tsx'
import type { SqlConsole } from './create-sql-console.ts'
import type { SqlExample } from './sql-examples.ts'

interface SqlCommandsSource {
  readonly console: SqlConsole
  readonly examples: readonly SqlExample[]
  readonly exports: readonly NonNullable<MenuEntry>[]
  run(): void
  show(sql: string): void
}

/** What the palette can do here. */
export function sqlCommands({
  console,
  examples,
  exports,
  run,
  show,
}: SqlCommandsSource): readonly Command[] {
  return [
    { title: 'Run the query', group: 'SQL', key: 'mod+Enter', whileTyping: true, run },
    ...(console.work() === null
      ? []
      : [{ title: 'Cancel the query', group: 'SQL', key: 'Escape', run: console.cancel }]),
    ...examples.map(({ title, sql }) => ({ title: `Example: ${title}`, group: 'SQL', run: () => show(sql) })),
    ...(console.result() === null
      ? []
      : exports.map(({ text, run }) => ({
          title: text === 'Copy rows' ? text : `Export the result as ${text}`,
          group: 'SQL',
          run,
        }))),
  ]
}
