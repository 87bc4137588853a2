import type { Run } from '../client/run.ts'
import * as metrics from './tfjs-vis-metrics.ts'
import { createRender, type Render } from './tfjs-vis-render.ts'
import { createShow, type Show } from './tfjs-vis-show.ts'
import type { Surface } from './tfjs-vis-surface.ts'

/** The calls of tfjs-vis, with what they show kept in a run. */
export interface TfjsVis {
  readonly show: Show
  readonly render: Render
  readonly metrics: typeof metrics
  /** There is nothing to open: its surfaces are names. */
  visor(): { surface(surface: Surface): Surface }
}

/**
 * Everything tfjs-vis does, by the same calls: `const tfvis = tfjsVis(run)` instead of its import.
 *
 * What is shown is stored under the name of its surface, `tab/name`, at the next step of the run or that of
 * `{ step }`, so that it can be compared over steps and runs. Nothing throws or rejects but `metrics`, which answer numbers.
 */
export function tfjsVis(run: Run): TfjsVis {
  return {
    show: createShow(run),
    render: createRender(run),
    metrics,
    visor: () => ({ surface: (surface) => surface }),
  }
}
