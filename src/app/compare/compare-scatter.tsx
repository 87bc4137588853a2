import { createMemo, Show } from 'solid-js'
import type { ScatterChoice } from '../workspace/compare-view.ts'
import { likelyParams } from './default-axes.ts'
import { canBeLog, type PlotAxis } from '../../widgets/plot/plot-axis.ts'
import { ScatterPlot } from '../../widgets/plot/scatter-plot.tsx'
import { Toggle } from '../../widgets/toggle.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { ColorLegend } from './color-legend.tsx'
import { useCompare } from './compare-context.ts'
import { Section } from './compare-section.tsx'
import { createPlotColors } from './create-plot-colors.ts'
import { OperandChoice } from './operand-choice.tsx'
import { toPlotAxis } from './plot-axes.ts'
import { ScatterMultiples } from './scatter-multiples.tsx'
import { scatterWords } from './scatter-words.ts'
import { CompareHint, CompareNote } from './compare-note.tsx'

/** Any two numbers of the runs against each other. */
export function CompareScatter() {
  const { view, change, compare, runs, likeliest } = useCompare()
  const { select, selected } = useExperiment()
  const chosen = (): ScatterChoice => view.scatter
  const set = (label: string, part: Partial<ScatterChoice>): void =>
    change(label, { scatter: { ...chosen(), ...part } })

  const firstNumber = createMemo(
    () => likelyParams(compare).find((by) => compare.values(by)?.kind === 'number') ?? 'run:startedAt',
  )
  const byX = (): string => chosen().x ?? firstNumber()
  const byY = (): string => chosen().y ?? likeliest() ?? 'run:duration'
  const axis = (by: string, isLog: boolean | null): PlotAxis | null => {
    const found = toPlotAxis(compare, by, { isFlipped: false, isLog })
    return found?.categories === null ? found : null
  }
  const x = createMemo(() => axis(byX(), chosen().logX))
  const y = createMemo(() => axis(byY(), chosen().logY))
  const both = createMemo(() => {
    const [ofX, ofY] = [x(), y()]
    return ofX === null || ofY === null ? null : { x: ofX, y: ofY }
  })
  const colorAxis = createMemo(() => {
    const by = chosen().color
    return by === null ? null : toPlotAxis(compare, by, { isFlipped: false, isLog: null })
  })
  const colors = createPlotColors(colorAxis)
  const splitAxis = createMemo(() => {
    const by = chosen().split
    return by === null ? null : toPlotAxis(compare, by, { isFlipped: false, isLog: null })
  })
  const highlighted = createMemo(() => {
    const row = runs().findIndex((run) => run.id === selected())
    return row < 0 ? null : row
  })

  return (
    <Section
      section="scatter"
      tools={
        <>
          <OperandChoice
            label="x"
            value={byX()}
            offers="numbers"
            onChange={(by) => set('Choose x', { x: by, logX: null })}
          />
          <OperandChoice
            label="y"
            value={byY()}
            offers="numbers"
            onChange={(by) => set('Choose y', { y: by, logY: null })}
          />
          <OperandChoice
            label="Colour"
            value={chosen().color ?? ''}
            others={[{ value: '', text: 'Runs' }]}
            offers="all"
            onChange={(by) => set('Colour dots', { color: by === '' ? null : by })}
          />
          <ColorLegend axis={colorAxis()} ramp={colors.ramp()} />
          <OperandChoice
            label="Split by"
            value={chosen().split ?? ''}
            others={[{ value: '', text: 'Nothing' }]}
            offers="all"
            onChange={(by) => set('Split the plot', { split: by === '' ? null : by })}
          />
          <Show when={x() !== null && canBeLog(x()?.values ?? new Float64Array())}>
            <Toggle label="Log x" on={x()?.isLog ?? false} onChange={(logX) => set('Log x', { logX })} />
          </Show>
          <Show when={y() !== null && canBeLog(y()?.values ?? new Float64Array())}>
            <Toggle label="Log y" on={y()?.isLog ?? false} onChange={(logY) => set('Log y', { logY })} />
          </Show>
        </>
      }
    >
      <Show
        when={both()}
        fallback={
          <Show when={compare.loaded()}>
            <CompareNote>These runs have no numbers there. Choose another x or y.</CompareNote>
          </Show>
        }
      >
        {(known) => (
          <>
            <CompareHint isStatus>{scatterWords(known().x, known().y)}</CompareHint>
            <Show
              when={splitAxis()}
              fallback={
                <ScatterPlot
                  x={known().x}
                  y={known().y}
                  color={colors.color()}
                  stroke={colors.stroke()}
                  name={(row) => runs()[row]?.label ?? ''}
                  highlighted={highlighted()}
                  summary={`${known().y.label} over ${known().x.label}. ${scatterWords(known().x, known().y)}`}
                  onPick={(row) => select(runs()[row]?.id ?? null)}
                />
              }
            >
              {(by) => (
                <ScatterMultiples
                  x={known().x}
                  y={known().y}
                  by={by()}
                  colors={colors}
                  highlighted={highlighted()}
                />
              )}
            </Show>
          </>
        )}
      </Show>
    </Section>
  )
}
