import { AGGREGATES, METRIC_AGGREGATES } from '../model/aggregates.ts'
import { COMPARISONS, type RunKey } from '../protocol/run-query.ts'
import { FIELD_NAMES } from './fields.ts'
import { expectedAfter } from './parse.ts'
import { printName, quote } from './print.ts'
import { RUN_STATUSES } from '../model/run.ts'
import type { Compared, Name } from './syntax.ts'
import { isWord } from './tokens.ts'

export interface CompletionOption {
  /** What replaces the span. */
  readonly text: string
  /** What it is, in a word or two. */
  readonly detail: string
}

/** What could be written at a place of a filter. Shape: `from` to `to` is what an option replaces. */
export interface Completion {
  readonly from: number
  readonly to: number
  readonly options: readonly CompletionOption[]
  /** Whether what is written is no word yet, so that whoever ends it means the first option. */
  readonly isUnfinished: boolean
}

const MAX_OPTIONS = 50
/** The unfinished word before the caret: a quote that is open, or word after dot after word. */
const UNFINISHED = /(?:"(?:[^"\\]|\\.)*|[\p{L}\p{M}\p{N}_/:@.-]*)$/u
const QUOTED = /"(?:[^"\\]|\\.)*"/g
/** Behind these any text may stand. */
const TEXT_TEST = /\b(contains|like|matches)\s*$/i
const REST = /^[\p{L}\p{M}\p{N}_/:@-]*/u

/** Offers what fits at the caret. Cost: linear in the keys that are known. */
export function completeFilter(text: string, caret: number, known: readonly RunKey[]): Completion {
  const before = text.slice(0, caret)
  // The quote that ends a text begins none.
  const open = before.replace(QUOTED, (text) => ' '.repeat(text.length))
  const written = UNFINISHED.exec(open)?.[0] ?? ''
  const from = caret - written.length
  const rest = written.startsWith('"') ? '' : (REST.exec(text.slice(caret))?.[0] ?? '')
  const options = optionsAfter(text.slice(0, from), written, known)
  const wanted = written.replace(/^"/, '').toLowerCase()
  const ranked = rankOptions(options, wanted, written + rest)
  return {
    from,
    to: caret + rest.length,
    options: ranked,
    isUnfinished:
      wanted !== '' &&
      beginsWith(ranked[0], wanted) &&
      !TEXT_TEST.test(text.slice(0, from)) &&
      !options.some((option) => option.text === written + rest),
  }
}

function beginsWith(option: CompletionOption | undefined, wanted: string): boolean {
  return option?.text.toLowerCase().replace(/^"/, '').startsWith(wanted) === true
}

function optionsAfter(
  prefix: string,
  written: string,
  known: readonly RunKey[],
): readonly CompletionOption[] {
  const expected = expectedAfter(prefix)
  switch (expected?.what) {
    case undefined:
      return []
    case 'name':
      return [
        ...nameOptions(known),
        ...aggregateOptions(written, known),
        { text: 'not', detail: 'is not so' },
      ]
    case 'operator':
      return operatorOptions(expected.name, known)
    case 'value':
      return valueOptions(expected.name, known)
    case 'connective':
      return [
        ...unitOptions(expected.last),
        ...(prefix.trim() === ''
          ? []
          : [
              { text: 'and', detail: 'both are so' },
              { text: 'or', detail: 'one of them is so' },
            ]),
      ]
  }
}

function nameOptions(known: readonly RunKey[]): CompletionOption[] {
  const taken = new Set<string>(FIELD_NAMES.keys())
  const options: CompletionOption[] = []
  for (const from of ['metric', 'param', 'tag', 'summary'] as const)
    for (const { key, runs, textNumbers = 0 } of known.filter((each) => each.from === from)) {
      const scope = taken.has(key) ? from : 'any'
      taken.add(key)
      options.push({
        text: printName({ scope, key, aggregate: null }),
        detail: `${from}, ${runs} ${runs === 1 ? 'run' : 'runs'}${textNumbers > 0 ? ', numbers as text' : ''}`,
      })
    }
  for (const field of FIELD_NAMES.keys()) options.push({ text: field, detail: 'of the run' })
  return options
}

/** Of a param that was set while a run ran. */
const PARAM_ENDS = [
  { end: 'first', detail: 'before it was set while the run ran' },
  { end: 'last', detail: 'as it is now, as without' },
] as const

/** `loss.min` and so on, once the dot is written. */
function aggregateOptions(written: string, known: readonly RunKey[]): CompletionOption[] {
  const dot = written.lastIndexOf('.')
  if (dot < 1) return []
  const changed = written.slice(0, dot).replace(/^(params?|config)\./, '')
  if (known.some(({ from, key, changed: runs = 0 }) => from === 'param' && key === changed && runs > 0))
    return PARAM_ENDS.map(({ end, detail }) => ({ text: `${written.slice(0, dot)}.${end}`, detail }))
  const metric = written.slice(0, dot).replace(/^metrics?\./, '')
  if (!known.some(({ from, key }) => from === 'metric' && key === metric)) return []
  return METRIC_AGGREGATES.map((aggregate) => ({
    text: `${written.slice(0, dot)}.${aggregate}`,
    detail: AGGREGATES[aggregate].hint,
  }))
}

/** The keys a name may mean. */
function keysOf(name: Name, known: readonly RunKey[]): readonly RunKey[] {
  return known.filter(({ from, key }) => key === name.key && (name.scope === 'any' || name.scope === from))
}

function operatorOptions(name: Name, known: readonly RunKey[]): CompletionOption[] {
  const field = name.scope === 'any' ? FIELD_NAMES.get(name.key) : undefined
  const isText =
    field === undefined
      ? keysOf(name, known).some(({ texts }) => texts.length > 0)
      : field.kind === 'text' || field.kind === 'status'
  const comparisons = COMPARISONS.map((text) => ({ text, detail: COMPARISON_WORDS[text] }))
  const tests = [
    { text: 'contains', detail: 'has this text in it' },
    { text: 'like', detail: 'with % for any text' },
    { text: 'matches', detail: 'a regular expression' },
  ]
  return [
    ...(isText ? [...comparisons.slice(0, 2), ...tests, ...comparisons.slice(2)] : comparisons),
    { text: 'in', detail: 'is one of a list' },
    { text: 'is null', detail: 'has no value' },
    { text: 'is not null', detail: 'has a value' },
  ]
}

const COMPARISON_WORDS: Readonly<Record<(typeof COMPARISONS)[number], string>> = {
  '=': 'equal',
  '!=': 'not equal',
  '<': 'less',
  '<=': 'at most',
  '>': 'more',
  '>=': 'at least',
}

function valueOptions(name: Name, known: readonly RunKey[]): CompletionOption[] {
  const field = name.scope === 'any' ? FIELD_NAMES.get(name.key) : undefined
  switch (field?.kind) {
    case 'status':
      return RUN_STATUSES.map((text) => ({ text, detail: 'status' }))
    case 'time':
      return ['1 hours ago', '1 days ago', '7 days ago', '4 weeks ago'].map((text) => ({
        text,
        detail: 'time',
      }))
    case 'duration':
      return ['30 seconds', '5 minutes', '1 hours'].map((text) => ({ text, detail: 'duration' }))
    default:
      return keysOf(name, known).flatMap(({ from, texts }) =>
        texts.map((text) => ({ text: isWord(text) ? text : quote(text), detail: `value of the ${from}` })),
      )
  }
}

function unitOptions(last: Compared | null): CompletionOption[] {
  if (last?.value.kind !== 'number' || last.name.scope !== 'any') return []
  const kind = FIELD_NAMES.get(last.name.key)?.kind
  if (kind !== 'time' && kind !== 'duration') return []
  const ending = kind === 'time' ? ' ago' : ''
  return ['minutes', 'hours', 'days', 'weeks'].map((unit) => ({ text: `${unit}${ending}`, detail: kind }))
}

/** Those that begin with what is written before those that have it inside; nothing that is written already. */
function rankOptions(
  options: readonly CompletionOption[],
  wanted: string,
  written: string,
): readonly CompletionOption[] {
  const placeOf = ({ text }: CompletionOption): number => text.toLowerCase().replace(/^"/, '').indexOf(wanted)
  const beginning: CompletionOption[] = []
  const inside: CompletionOption[] = []
  for (const option of options) {
    const place = option.text === written ? -1 : placeOf(option)
    if (place === 0) beginning.push(option)
    else if (place > 0) inside.push(option)
  }
  return [...beginning, ...inside].slice(0, MAX_OPTIONS)
}
