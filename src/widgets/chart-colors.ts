import { createRoot, createSignal, type Accessor } from 'solid-js'

/** The tokens a canvas needs, as plain colours. */
export interface ChartColors {
  readonly ink: string
  readonly axis: string
  readonly grid: string
  readonly surface: string
  /** What asks for attention. */
  readonly bad: string
  /** The colour of a run: a name of the palette or of the scale, or `#rrggbb`. */
  series(name: string): string
}

/** What a missing token looks like. */
const MISSING = 'magenta'

function readColors(): ChartColors {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim() || MISSING
  const names = ['series', 'scale'].flatMap((name) => [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `${name}-${n}`))
  const palette = new Map(names.map((name) => [name, token(name)]))
  return {
    ink: token('ink'),
    axis: token('ink-3'),
    grid: token('line'),
    surface: token('surface'),
    bad: token('bad'),
    series: (name) => (name.startsWith('#') ? name : (palette.get(name) ?? MISSING)),
  }
}

let shared: Accessor<ChartColors> | null = null

/** The colours of the current theme, read once per change of theme for all charts of the page. */
export function useChartColors(): Accessor<ChartColors> {
  shared ??= createRoot(() => {
    const [colors, setColors] = createSignal(readColors())
    const reread = (): void => {
      setColors(readColors())
    }
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', reread)
    new MutationObserver(reread).observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return colors
  })
  return shared
}
