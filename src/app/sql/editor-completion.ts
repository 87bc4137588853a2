import type {
  Completion,
  CompletionContext,
  CompletionResult,
  CompletionSource,
} from '@codemirror/autocomplete'
import { schemaCompletionSource, SQLite } from '@codemirror/lang-sql'
import { LanguageSupport, syntaxTree } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { sqlTokens, statementAt } from '../../model/sql-text.ts'
import { PUBLIC_SCHEMA, PUBLIC_TABLES } from '../../protocol/public-schema.ts'

/** Functions worth offering; others are called without. */
const FUNCTIONS: readonly (readonly [string, string])[] = [
  ['avg', 'mean, NULL left out'],
  ['count', 'number of rows or values'],
  ['max', 'highest'],
  ['median', 'middle'],
  ['min', 'lowest'],
  ['percentile', 'value at a percentage'],
  ['sum', 'sum'],
  ['total', 'sum as a real number'],
  ['group_concat', 'texts joined'],
  ['abs', 'without sign'],
  ['coalesce', 'first that is not NULL'],
  ['iif', 'if, then, else'],
  ['ln', 'natural logarithm'],
  ['log10', 'logarithm'],
  ['pow', 'power'],
  ['sqrt', 'square root'],
  ['round', 'rounded'],
  ['datetime', "datetime(ms / 1000, 'unixepoch')"],
  ['json_extract', "json_extract(json, '$.key')"],
  ['json_each', 'entries of JSON as rows'],
  ['lower', 'lower case'],
  ['upper', 'upper case'],
  ['length', 'number of letters'],
  ['substr', 'part of a text'],
  ['replace', 'text replaced'],
  ['lag', 'value of the row before'],
  ['lead', 'value of the row after'],
  ['rank', 'place with ties'],
  ['row_number', 'place'],
]

const FUNCTION_COMPLETIONS: readonly Completion[] = FUNCTIONS.map(([label, detail]) => ({
  label,
  detail,
  type: 'function',
  apply: `${label}(`,
}))

/** Words a query is made of; the dialect knows a hundred more that nobody writes here. */
const KEYWORDS: readonly string[] = [
  ...'select from where on and or not in is null like between having limit offset asc desc distinct as'.split(
    ' ',
  ),
  ...'case when then else end with recursive except intersect exists cast over values using filter'.split(
    ' ',
  ),
  'join',
  'left join',
  'group by',
  'order by',
  'partition by',
  'union all',
]

/** Columns come before functions, and words of the language last: they are written as fast. */
const COLUMN_BOOST = 1
const KEYWORD_BOOST = -1

const KEYWORD_COMPLETIONS: readonly Completion[] = KEYWORDS.map((label) => ({
  label,
  type: 'keyword',
  boost: KEYWORD_BOOST,
}))

/** SQL of the public schema; between quotes the names that were logged are offered. */
export function sqlLanguage(loggedNames: () => readonly string[]): Extension {
  const names: CompletionSource = (context) => {
    const open = context.matchBefore(/'[^']*$/)
    if (open === null || !isIn(context, TEXTS)) return null
    const options = loggedNames().map((name) => ({ label: name, apply: name.replaceAll("'", "''") }))
    return { from: open.from + 1, options, validFor: /^[^']*$/ }
  }
  const sources: readonly CompletionSource[] = [
    outsideTexts(schemaCompletionSource({ dialect: SQLite, schema: PUBLIC_SCHEMA })),
    outsideTexts(completeWord),
    names,
  ]
  return new LanguageSupport(
    SQLite.language,
    sources.map((autocomplete) => SQLite.language.data.of({ autocomplete })),
  )
}

/** Words of the language, functions, and the columns of the tables that the statement names, of all while it names none. */
function completeWord(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/\w*$/)
  if (word === null || (word.text === '' && !context.explicit)) return null
  // After a dot the columns of what is before it are offered.
  if (context.state.sliceDoc(word.from - 1, word.from) === '.') return null
  const text = context.state.doc.toString()
  const { from, to } = statementAt(text, context.pos) ?? { from: 0, to: 0 }
  const before = sqlTokens(text.slice(from, word.from)).at(-1)?.text.toLowerCase()
  if (before === 'from' || before === 'join') return null
  const written = new Set(sqlTokens(text.slice(from, to)).map((token) => token.text.toLowerCase()))
  const named = PUBLIC_TABLES.filter((table) => written.has(table))
  const tablesOf = new Map<string, string[]>()
  for (const table of named.length > 0 ? named : PUBLIC_TABLES) {
    for (const column of PUBLIC_SCHEMA[table]) {
      tablesOf.set(column, [...(tablesOf.get(column) ?? []), table])
    }
  }
  const columns = [...tablesOf].map(([label, tables]): Completion => ({
    label,
    type: 'property',
    detail: named.length > 0 ? tables.join(', ') : '',
    boost: COLUMN_BOOST,
  }))
  const options = [...columns, ...FUNCTION_COMPLETIONS, ...KEYWORD_COMPLETIONS]
  return { from: word.from, options, validFor: /^\w*$/ }
}

const TEXTS: ReadonlySet<string> = new Set(['String'])
const NO_CODE: ReadonlySet<string> = new Set(['String', 'LineComment', 'BlockComment'])

function outsideTexts(source: CompletionSource): CompletionSource {
  return (context) => (isIn(context, NO_CODE) ? null : source(context))
}

function isIn(context: CompletionContext, nodes: ReadonlySet<string>): boolean {
  return nodes.has(syntaxTree(context.state).resolveInner(context.pos, -1).name)
}
