import type { Accessor, JSX } from 'solid-js'
import type { ChartFormat } from './chart-file.ts'

/** What a type makes of a metric. */
export interface DrawnChart {
  /** What is drawn of how much, in words. */
  readonly receipt: Accessor<string>
  draw(): JSX.Element
  /** Saves it as it is on the screen, in the card that is given. */
  save(format: ChartFormat, card: HTMLElement | null): Promise<void>
}
