import type { PointAxis } from '../../protocol/windows.ts'
import { Segmented } from '../../widgets/segmented.tsx'
import { useExperiment } from '../experiment/experiment-context.ts'
import { MetricOptions } from '../experiment/metric-options.tsx'
import './x-select.css'

const X_AXES = [
  { value: 'step', text: 'Step' },
  { value: 'relative', text: 'Relative', rest: 'time' },
  { value: 'time', text: 'Wall', rest: 'time' },
] as const

/** What x is: the step, a time, or another metric such as the epoch. */
export function XSelect() {
  const { series, view } = useExperiment()
  const axis = (): PointAxis | '' => {
    const x = view.x()
    return typeof x === 'object' ? '' : x
  }
  const metric = (): string => {
    const x = view.x()
    return typeof x === 'object' ? x.metric : ''
  }
  return (
    <div class="x-select">
      <Segmented<PointAxis | ''>
        label="x"
        options={X_AXES}
        value={axis()}
        onChange={(x) => x !== '' && view.setX(x)}
      />
      <label class="x-select-metric" classList={{ 'is-on': metric() !== '' }}>
        <span class="visually-hidden">x is a metric</span>
        <select
          class="inline-select"
          value={metric()}
          onChange={(event) => {
            const { value } = event.currentTarget
            view.setX(value === '' ? 'step' : { metric: value })
          }}
        >
          <option value="">Metric</option>
          <MetricOptions keys={series.keys()} chosen={metric()} />
        </select>
      </label>
    </div>
  )
}
