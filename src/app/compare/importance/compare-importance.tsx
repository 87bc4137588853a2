import { createMemo, For, Match, Show, Switch } from 'solid-js'
import { createImportance, type ImportanceQuestion } from './create-importance.ts'
import { operandWords, parseOperand, printOperand } from '../../workspace/operands.ts'
import { MIN_RUNS, type ParamFinding } from './param-importance.ts'
import { formatCount, formatPlural } from '../../../widgets/number-format.ts'
import { SignedBar } from '../../../widgets/signed-bar.tsx'
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
        <OperandChoice
          label="for"
          value={target() ?? ''}
          offers="metrics"
          onChange={(by) => change('Choose what matters for', { target: by })}
        />
      }
    >
      <Show when={target()} fallback={<CompareNote>These runs have logged no metric yet.</CompareNote>}>
        {(by) => <Findings target={by()} />}
      </Show>
    </Section>
  )
}

function Findings(props: { readonly target: string }) {
  const { compare } = useCompare()
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
  const numbers = createMemo(() => {
    const known = findings()
    return known?.kind === 'found' ? known : null
  })

  return (
    <Switch fallback={<CompareNote>Calculating …</CompareNote>}>
      <Match when={failure()}>{(message) => <CompareNote>{message()}</CompareNote>}</Match>
      <Match when={findings()?.kind === 'few'}>
        <CompareNote>
          {formatPlural(findings()?.n ?? 0, 'drawn run')} {(findings()?.n ?? 0) === 1 ? 'has' : 'have'}{' '}
          <bdi>{metric()}</bdi>. With fewer than {MIN_RUNS} anything may look important, so nothing is
          calculated.
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
              From {formatPlural(known().n, 'run')}: a hint where to look, not a proof.{' '}
              {explainedWords(known().explained)}
            </CompareNote>
            <ImportanceTable params={known().params} n={known().n} metric={metric()} />
            <CompareHint>
              Importance: how much the error of a random forest grows when the param is shuffled among runs it
              was not grown from, as part of the variance of the metric’s ranks. Correlation: Spearman’s ρ for
              numbers, η² of the ranks for categories.
            </CompareHint>
          </>
        )}
      </Match>
    </Switch>
  )
}

function ImportanceTable(props: {
  readonly params: readonly ParamFinding[]
  readonly n: number
  readonly metric: string
}) {
  /** Shuffling can make a forest worse than a mean: then its bar is the whole. */
  const longest = (): number => Math.max(1, props.params[0]?.importance ?? 0)
  return (
    <div class="compare-importance-scroller">
      <table class="compare-importance-table">
        <caption class="visually-hidden">What matters for {props.metric}</caption>
        <thead>
          <tr>
            <th scope="col">Param</th>
            <th scope="col" colspan={2}>
              Importance
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
                </th>
                <td class="compare-importance-bar">
                  <SignedBar part={param.importance / longest()} isSigned={false} />
                </td>
                <td class="is-number">{param.importance.toFixed(2)}</td>
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

function explainedWords(explained: number): string {
  const percent = Math.round(explained * 100)
  return percent < 5
    ? 'Together the params explain next to nothing of the metric, so the importance says little.'
    : `Together the params explain about ${percent} % of the metric’s ranks.`
}
