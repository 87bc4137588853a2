import type { JSX } from 'solid-js'
import './titled-section.css'

interface TitledSectionProps {
  readonly title: string
  /** Whether it is a region that can be jumped to. */
  readonly isRegion?: boolean
  readonly children: JSX.Element
}

/** A part of a page or panel under its name. */
export function TitledSection(props: TitledSectionProps) {
  return (
    <section class="titled-section" {...(props.isRegion === true ? { 'aria-label': props.title } : {})}>
      <h3 class="titled-section-name">{props.title}</h3>
      {props.children}
    </section>
  )
}
