import { createMemo, For, Match, Show, Switch } from 'solid-js'
import { createImportance, type ImportanceQuestion } from './create-importance.ts'
import { operandWords, parseOperand, printOperand } from '../../workspace/operands.ts'
import { createCompare } from '../create-compare.ts'
import { MIN_EXPLAINED, MIN_RUNS, RUNS_A_PARAM, type ParamFinding } from './param-importance.ts'
import { formatCount, formatPlural } from '../../../widgets/number-format.ts'
import { SignedBar } from '../../../widgets/signed-bar.tsx'
import type { RunId } from '../../../model/units.ts'
import { useExperiment } from '../../experiment/experiment-context.ts'
import { isSameList } from '../../shell/same-list.ts'
import { useTracker } from '../../tracker/tracker.ts'
import { useCompare } from '../compare-context.ts'
import { Section } from '../compare-section.tsx'
import { OperandChoice } from '../operand-choice.tsx'
import { CompareHint, CompareNote } from '../compare-note.tsx'
import './compare-importance.css'

/** Which params go together with a metric. */
export function CompareImportance() {
  const { view, change, likeliest } = useCompare()
  const target = (): string | null => view.target ?? likeliest()
  return (
    <Section
      section="importance"
      tools={
        <Show when={target()}>
          {(by) => (
            <OperandChoice
              label="for"
              value={by()}
              offers="metrics"
              onChange={(chosen) => change('Choose what matters for', { target: chosen })}
            />
          )}
        </Show>
      }
    >
      <Show when={target()} fallback={<CompareNote>These runs have logged no metric yet.</CompareNote>}>
        {(by) => <Findings target={by()} />}
      </Show>
    </Section>
  )
}

function Findings(props: { readonly target: string }) {
  const { database, experimentId, runs, series, visibility } = useExperiment()
  /** Not only those that are drawn: what matters does not change with what is looked at. */
  const matching = createMemo<readonly RunId[]>(() => (runs.runs() ?? []).map((run) => run.id), [], {
    equals: isSameList,
  })
  const compare = createCompare(useTracker(), database, experimentId, matching, series)
  const question = createMemo<ImportanceQuestion | null>(() => {
    const target = compare.values(props.target)
    if (!compare.loaded() || target === undefined) return null
    const params = compare
      .operands()
      .filter((operand) => operand.from === 'param')
      .flatMap((operand) => {
        const known = compare.values(printOperand(operand))
        return known === undefined
          ? []
          : [{ key: operandWords(operand), kind: known.kind, values: known.values }]
      })
    return {
      name: JSON.stringify([props.target, compare.runIds(), params.map(({ key }) => key)]),
      // Where nobody has the metric every row is NaN, whatever kind it was taken for.
      target: target.values,
      params,
    }
  })
  const { found, failure } = createImportance(question)
  const metric = (): string => {
    const operand = parseOperand(props.target)
    return operand === null ? '' : operandWords(operand)
  }
  const findings = () => {
    const known = found()
    return known !== undefined && known.name === question()?.name ? known.findings : undefined
  }
  const few = createMemo(() => {
    const known = findings()
    return known?.kind === 'few' ? known : null
  })
  const numbers = createMemo(() => {
    const known = findings()
    return known?.kind === 'found' ? known : null
  })

  return (
    <Switch fallback={<CompareNote>Calculating …</CompareNote>}>
      <Match when={failure()}>{(message) => <CompareNote>{message()}</CompareNote>}</Match>
      <Match when={few()}>
        <CompareNote>
          {formatCount(few()?.n ?? 0)} of {formatPlural(matching().length, 'matching run')}{' '}
          {few()?.n === 1 ? 'has' : 'have'} <bdi>{metric()}</bdi>. With fewer than {few()?.needed}{' '}
          {needWords(few()?.params ?? 0)} anything may look important, so nothing is calculated.
        </CompareNote>
      </Match>
      <Match when={findings()?.kind === 'constant'}>
        <CompareNote>
          <bdi>{metric()}</bdi> is the same in all {formatPlural(findings()?.n ?? 0, 'run')}, so no param can
          matter for it.
        </CompareNote>
      </Match>
      <Match when={numbers()?.params.length === 0}>
        <CompareNote>No param differs between these runs, so none can matter.</CompareNote>
      </Match>
      <Match when={numbers()}>
        {(known) => (
          <>
            <CompareNote>
              From {coverWords(known().n, matching().length, visibility.visible().size)}: a hint where to
              look, not a proof. {explainedWords(known().explained)}
            </CompareNote>
            <ImportanceTable params={known().params} metric={metric()} />
            <CompareHint>
              Share: which part of what is explained is the param’s, by how much the error of a random forest
              grows when the param is shuffled among runs it was not grown from; ± its standard error, by
              leaving out a third of the runs again and again. All shares together are 1. Correlation:
              Spearman’s ρ for numbers, η² of the ranks for categories.
            </CompareHint>
          </>
        )}
      </Match>
    </Switch>
  )
}

function ImportanceTable(props: { readonly params: readonly ParamFinding[]; readonly metric: string }) {
  return (
    <div class="compare-importance-scroller">
      <table class="compare-importance-table">
        <caption class="visually-hidden">What matters for {props.metric}</caption>
        <thead>
          <tr>
            <th scope="col">Param</th>
            <th scope="col" colspan={2}>
              Share
            </th>
            <th scope="col" colspan={2}>
              Correlation
            </th>
            <th scope="col" class="is-number">
              n
            </th>
          </tr>
        </thead>
        <tbody>
          <For each={props.params}>
            {(param) => (
              <tr>
                <th scope="row">
                  <span class="compare-importance-key" dir="auto" title={param.key}>
                    {param.key}
                  </span>
                  <Show when={param.same.length > 0}>
                    <span
                      class="compare-importance-same"
                      title={`They tell the same runs apart: ${[param.key, ...param.same].join(', ')}`}
                    >
                      or {param.same.join(', ')}
                    </span>
                  </Show>
                </th>
                <td class="compare-importance-bar">
                  <SignedBar part={param.share ?? 0} isSigned={false} />
                </td>
                <td class="is-number">{shareText(param)}</td>
                <td class="compare-importance-bar">
                  <SignedBar
                    part={Number.isNaN(param.correlation) ? 0 : param.correlation}
                    isSigned={param.kind === 'number'}
                  />
                </td>
                <td class="is-number">{correlationText(param)}</td>
                <td class="is-number compare-importance-n">{formatCount(param.n)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  )
}

function correlationText({ kind, correlation }: ParamFinding): string {
  if (Number.isNaN(correlation)) return '–'
  const sign = kind === 'category' ? '' : correlation < 0 ? '−' : '+'
  return `${kind === 'category' ? 'η²' : 'ρ'} ${sign}${Math.abs(correlation).toFixed(2)}`
}

/** `0.62 ± 0.05`. */
function shareText({ share, spread }: ParamFinding): string {
  if (share === null) return '–'
  return spread === null ? share.toFixed(2) : `${share.toFixed(2)} ± ${spread.toFixed(2)}`
}

/** How many runs it is about, of how many. */
function coverWords(n: number, matching: number, drawn: number): string {
  const runs =
    n === matching
      ? `all ${formatPlural(n, 'run')} that match the filter`
      : `${formatCount(n)} of ${formatPlural(matching, 'run')} that match the filter, which have the metric`
  return drawn === matching ? runs : `${runs}, not only the ${formatCount(drawn)} drawn`
}

function needWords(params: number): string {
  return params * RUNS_A_PARAM > MIN_RUNS ? `for ${formatCount(params)} params` : ''
}

function explainedWords(explained: number): string {
  const percent = Math.round(explained * 100)
  return explained < MIN_EXPLAINED
    ? 'Together the params explain next to nothing of the metric, so there is nothing to share out.'
    : `Together the params explain about ${percent} % of the metric’s ranks.`
}
