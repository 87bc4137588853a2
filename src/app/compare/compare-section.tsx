import type { JSX } from 'solid-js'
import type { CompareSection } from '../workspace/compare-view.ts'
import { FoldSection } from '../../widgets/fold-section.tsx'
import { useCompare } from './compare-context.ts'

export const SECTION_TITLES: Readonly<Record<CompareSection, string>> = {
  sweep: 'Sweep',
  params: 'Params',
  tags: 'Tags and runs',
  environment: 'Environment and code',
  metrics: 'Metrics',
  parallel: 'Parallel coordinates',
  scatter: 'Scatter',
  heat: 'Heat map',
  importance: 'What matters',
  curves: 'Curves',
  media: 'Media',
}

export function sectionId(section: CompareSection): string {
  return `compare-${section}`
}

interface SectionProps {
  readonly section: CompareSection
  readonly tools?: JSX.Element
  readonly children: JSX.Element
}

/** One part of the comparison, folded away or not as the view says. */
export function Section(props: SectionProps) {
  const { view, change } = useCompare()
  const isOpen = (): boolean => !view.closed.includes(props.section)
  return (
    <FoldSection
      title={SECTION_TITLES[props.section]}
      id={sectionId(props.section)}
      isOpen={isOpen()}
      tools={props.tools}
      onToggle={() =>
        change(`${isOpen() ? 'Fold' : 'Unfold'} ${SECTION_TITLES[props.section]}`, {
          closed: isOpen()
            ? [...view.closed, props.section]
            : view.closed.filter((each) => each !== props.section),
        })
      }
    >
      {props.children}
    </FoldSection>
  )
}
