import { createRoot, createSignal, type Accessor } from 'solid-js'

/** The tokens a canvas needs, all as `#rrggbb`. */
export interface ChartColors {
  readonly ink: string
  readonly axis: string
  readonly grid: string
  readonly surface: string
  /** The colour of a run by its name in the palette or in the scale; `#rrggbb` stays. */
  series(name: string): string
}

/** What a missing token looks like. */
const MISSING = '#ff00ff'

function readColors(): ChartColors {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string): string => toHex(style.getPropertyValue(`--${name}`).trim())
  const names = ['series', 'scale'].flatMap((name) => [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `${name}-${n}`))
  const palette = new Map(names.map((name) => [name, token(name)]))
  return {
    ink: token('ink'),
    axis: token('ink-3'),
    grid: token('line'),
    surface: token('surface'),
    series: (name) => (name.startsWith('#') ? name : (palette.get(name) ?? MISSING)),
  }
}

/** A registered token is computed as `rgb(r, g, b)`. */
function toHex(color: string): string {
  if (/^#[\da-f]{6}$/i.test(color)) return color
  const parts = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(color)?.slice(1)
  if (parts === undefined) return MISSING
  return `#${parts.map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`
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
