import { createMemo, type Accessor } from 'solid-js'
import type { PlotAxis } from '../../widgets/plot/plot-axis.ts'
import type { AxisChoice } from '../workspace/compare-view.ts'
import { useCompare } from './compare-context.ts'
import { defaultAxes } from './default-axes.ts'
import { toPlotAxis } from './plot-axes.ts'

/** What the lines of runs run over, and how it is arranged. */
export interface ParallelAxes {
  readonly choices: Accessor<readonly AxisChoice[]>
  /** Those of them that some run has. */
  readonly axes: Accessor<readonly PlotAxis[]>
  /** Before the last one, which tells what came of it. */
  add(by: string): void
  /** To the place of another axis that is shown. */
  move(by: string, to: number): void
  flip(by: string): void
  setLog(by: string, isLog: boolean): void
  /** With its brush. */
  remove(by: string): void
}

export function createParallelAxes(): ParallelAxes {
  const { view, change, compare, likeliest } = useCompare()
  const choices = createMemo<readonly AxisChoice[]>(
    () => view.axes ?? defaultAxes(compare, likeliest()).map((by) => ({ by, isFlipped: false, isLog: null })),
  )
  const axes = createMemo<readonly PlotAxis[]>(() =>
    choices()
      .map((choice) => toPlotAxis(compare, choice.by, choice))
      .filter((axis) => axis !== null),
  )

  function arrange(label: string, next: readonly AxisChoice[]): void {
    change(label, { axes: next })
  }

  function changeAxis(label: string, by: string, part: Partial<AxisChoice>): void {
    const place = choices().findIndex((choice) => choice.by === by)
    const before = choices()[place]
    if (before !== undefined) arrange(label, choices().with(place, { ...before, ...part }))
  }

  return {
    choices,
    axes,
    add: (by) => arrange('Add an axis', choices().toSpliced(-1, 0, { by, isFlipped: false, isLog: null })),
    move(by, to) {
      const moved = choices().find((choice) => choice.by === by)
      const before = axes()[to]?.id
      if (moved === undefined || before === undefined) return
      // What is not shown stays where it is.
      const place = choices().findIndex((choice) => choice.by === before)
      arrange(
        'Reorder axes',
        choices()
          .filter((choice) => choice !== moved)
          .toSpliced(place, 0, moved),
      )
    },
    flip: (by) =>
      changeAxis('Flip an axis', by, { isFlipped: !choices().find((each) => each.by === by)?.isFlipped }),
    setLog: (by, isLog) => changeAxis(isLog ? 'Log axis' : 'Linear axis', by, { isLog }),
    remove: (by) =>
      change('Remove an axis', {
        axes: choices().filter((choice) => choice.by !== by),
        brushes: view.brushes.filter((each) => each.by !== by),
      }),
  }
}
