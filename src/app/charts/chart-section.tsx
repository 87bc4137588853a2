import MoveDown from 'lucide-solid/icons/move-down'
import MoveUp from 'lucide-solid/icons/move-up'
import { Show, type JSX } from 'solid-js'
import { FoldHeading } from '../../widgets/fold-heading.tsx'
import { IconButton } from '../../widgets/icon-button.tsx'
import { formatPlural } from '../../widgets/number-format.ts'
import { useExperiment } from '../experiment/experiment-context.ts'
import './chart-section.css'

interface ChartSectionProps {
  readonly prefix: string
  readonly count: number
  readonly children: JSX.Element
}

/** The charts of one metric prefix under its name, which opens and closes them. A lone section has no name. */
export function ChartSection(props: ChartSectionProps) {
  const { charts } = useExperiment()
  const name = (): string => (props.prefix === '' ? 'Metrics' : props.prefix)
  const isNamed = (): boolean => charts.sections().length > 1 || charts.pinned().length > 0
  const isOpen = (): boolean => !isNamed() || !charts.isCollapsed(props.prefix)
  const neighbour = (step: -1 | 1): string | undefined => {
    const prefixes = charts.sections().map(({ prefix }) => prefix)
    return prefixes[prefixes.indexOf(props.prefix) + step]
  }

  function MoveButton(moving: { readonly step: -1 | 1 }) {
    return (
      <IconButton
        label={moving.step === -1 ? `Move ${name()} up` : `Move ${name()} down`}
        disabled={neighbour(moving.step) === undefined}
        onClick={() => {
          const to = neighbour(moving.step)
          if (to !== undefined) charts.moveSection(props.prefix, to)
        }}
      >
        {moving.step === -1 ? <MoveUp size={13} /> : <MoveDown size={13} />}
      </IconButton>
    )
  }

  return (
    <section class="chart-section" aria-label={name()}>
      <Show when={isNamed()} fallback={<h2 class="visually-hidden">{name()}</h2>}>
        <FoldHeading
          name={name()}
          count={formatPlural(props.count, 'chart')}
          isOpen={isOpen()}
          onToggle={() => charts.toggleCollapsed(props.prefix)}
        >
          <Show when={charts.sections().length > 1}>
            <MoveButton step={-1} />
            <MoveButton step={1} />
          </Show>
        </FoldHeading>
      </Show>
      <Show when={isOpen()}>{props.children}</Show>
    </section>
  )
}

/** The charts that were pinned, over all sections. */
export function PinnedSection(props: { readonly children: JSX.Element }) {
  return (
    <NamedSection label="Pinned">
      <h2 class="visually-hidden">Pinned</h2>
      {props.children}
    </NamedSection>
  )
}

/** Charts under a name. */
export function NamedSection(props: { readonly label: string; readonly children: JSX.Element }) {
  return (
    <section class="chart-section" aria-label={props.label}>
      {props.children}
    </section>
  )
}
