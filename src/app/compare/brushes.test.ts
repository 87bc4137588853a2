import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findNaively, type KnownRun } from '../../../workers/store-suite/naive-query.ts'
import { parseFilter } from '../../filter/parse.ts'
import { resolveFilter, type KnownNames } from '../../filter/resolve.ts'
import type { JsonValue } from '../../model/json.ts'
import type { RunKey } from '../../protocol/run-query.ts'
import { brushedRuns, brushesToFilter } from './brushes.ts'
import type { Brush } from '../workspace/compare-view.ts'
import { parseOperand } from '../workspace/operands.ts'
import { toRunValues, type RunValues } from '../experiment/run-values.ts'
import { valueOf } from '../../../workers/store-suite/naive-query.ts'

/** Names that need quotes, a scope, or both; `loss` is a param and a metric, `status` a field and a param. */
const PARAMS = ['lr', 'loss', 'status', 'val/acc', 'a b"c', 'and', 'x.min', 'param', 'flag', '\\n']
const TEXTS = ['cnn', 'true', '1', 'a, b', '"', 'null', '<img onerror=x>']
const anyValue: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number || 0),
  fc.constantFrom(...TEXTS),
  fc.boolean(),
)
const anyNumber = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(0.1, 1e-7, 12.5))
const anyRun = fc.record({
  params: fc.dictionary(fc.constantFrom('lr', 'val/acc', 'x.min', 'and'), anyNumber),
  others: fc.dictionary(
    fc.constantFrom(...PARAMS.filter((key) => !['lr', 'val/acc', 'x.min', 'and'].includes(key))),
    anyValue,
  ),
  tags: fc.dictionary(fc.constantFrom('model', 'lr'), fc.constantFrom(...TEXTS)),
  loss: fc.option(
    fc.double({ min: -5, max: 5, noNaN: true }).map((number) => number || 0),
    { nil: null },
  ),
  duration: fc.option(fc.nat({ max: 5_000 }), { nil: null }),
})
const anyRuns = fc.array(anyRun, { minLength: 1, maxLength: 12 }).map((runs) =>
  runs.map(({ params, others, tags, loss, duration }, index): KnownRun => ({
    id: `run-${index}`,
    experimentId: 'e',
    removed: false,
    fields: { name: `run ${index}`, startedAt: index, duration },
    params: { ...params, ...others },
    tags,
    summary: {},
    metrics: loss === null ? {} : { loss: { last: loss, min: loss - 1 } },
  })),
)

const BY = [
  ...PARAMS.map((key) => `param:${key}`),
  'tag:model',
  'tag:lr',
  'metric.last:loss',
  'metric.min:loss',
  'run:duration',
]

function key(from: RunKey['from'], name: string): RunKey {
  return { from, key: name, runs: 1, numbers: 0, texts: [] }
}

function keysOf(runs: readonly KnownRun[]): readonly RunKey[] {
  const params = new Set(runs.flatMap((run) => Object.keys(run.params)))
  const tags = new Set(runs.flatMap((run) => Object.keys(run.tags)))
  const metrics = new Set(runs.flatMap((run) => Object.keys(run.metrics)))
  return [
    ...[...metrics].map((name) => key('metric', name)),
    ...[...params].map((name) => key('param', name)),
    ...[...tags].map((name) => key('tag', name)),
  ]
}

function valuesOf(runs: readonly KnownRun[], by: string): RunValues {
  const operand = parseOperand(by)
  return toRunValues(runs.map((run) => (operand === null ? null : (valueOf(run, operand) ?? null))))
}

/** As the worker asks it. */
function select(runs: readonly KnownRun[], text: string): readonly string[] {
  const keys = keysOf(runs)
  const order = ['metric', 'param', 'tag', 'summary'] as const
  const known: KnownNames = {
    kindOf: (name) =>
      order.find((from) => keys.some((each) => each.from === from && each.key === name)) ?? null,
    all: () => keys.map(({ key }) => key),
    patternProblem: () => null,
  }
  const parsed = parseFilter(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`)
  const filter = parsed.value === null ? null : resolveFilter(parsed.value, known, 0)
  if (filter !== null && !filter.ok) throw new Error(`${text}: ${filter.error.message}`)
  const query = { database: 'own', experimentIds: null, sort: [], offset: 0, limit: 100, columns: [] }
  return findNaively(runs, { ...query, filter: filter?.value ?? null })
    .map(({ id }) => id)
    .toSorted()
}

/** A brush of what is there, by two of the runs. */
function brushBetween(by: string, values: RunValues, a: number, b: number): Brush | null {
  const ends = [values.values[a] ?? Number.NaN, values.values[b] ?? Number.NaN]
  if (ends.some(Number.isNaN)) return null
  const [from, to] = [Math.min(...ends), Math.max(...ends)]
  if (values.kind === 'number') return { by, from, to }
  return { by, categories: values.categories.slice(from, to + 1).map(({ id }) => id) }
}

const rates = (): RunValues => toRunValues([0.001, 0.1])
const lists = (): RunValues => toRunValues([[1, 2], { a: 1 }])

describe('brushes', () => {
  it('pick exactly the runs that their filter matches', () => {
    fc.assert(
      fc.property(
        anyRuns,
        fc.array(fc.tuple(fc.constantFrom(...BY), fc.nat(), fc.nat()), { minLength: 1, maxLength: 4 }),
        (runs, picks) => {
          const brushes = picks
            .map(([by, a, b]) => brushBetween(by, valuesOf(runs, by), a % runs.length, b % runs.length))
            .filter((brush) => brush !== null)
          const values = (by: string): RunValues => valuesOf(runs, by)
          const picked = brushedRuns(brushes, values, runs.length)
          const filter = brushesToFilter(brushes, values, keysOf(runs), '')
          const wanted = runs.filter((_, row) => picked === null || picked[row] === 1).map(({ id }) => id)
          expect(select(runs, filter ?? 'wrong')).toEqual(wanted.toSorted())
        },
      ),
      { numRuns: 400 },
    )
  })

  it('narrow the filter that is there, with brackets where it needs them', () => {
    const keys: readonly RunKey[] = [{ from: 'param', key: 'lr', runs: 2, numbers: 2, texts: [] }]
    const brushes: readonly Brush[] = [{ by: 'param:lr', from: 0.001, to: 0.01 }]
    const filter = (present: string): string | null => brushesToFilter(brushes, rates, keys, present)
    expect(filter('')).toBe('lr >= 0.001 and lr <= 0.01')
    expect(filter('a = 1 or b = 2')).toBe('(a = 1 or b = 2) and lr >= 0.001 and lr <= 0.01')
    expect(filter('a = 1 and b = 2')).toBe('a = 1 and b = 2 and lr >= 0.001 and lr <= 0.01')
    expect(filter('a = ')).toBeNull()
  })

  it('of lists and objects cannot be said', () => {
    const brushes: readonly Brush[] = [{ by: 'param:betas', categories: ['[1,2]'] }]
    expect([...(brushedRuns(brushes, lists, 2) ?? [])]).toEqual([1, 0])
    expect(brushesToFilter(brushes, lists, [], '')).toBeNull()
  })
})
