import { describe, expect, it } from 'vitest'
import type { ChartColors } from '../chart-colors.ts'
import { titledSvg } from '../svg-file.ts'
import type { PlotAxis } from './plot-axis.ts'
import { scatterToSvg } from './scatter-svg.ts'

const COLORS: ChartColors = {
  ink: '#111',
  axis: '#222',
  grid: '#333',
  surface: '#fff',
  bad: '#f00',
  series: (name) => name,
}
const axis = (id: string, values: readonly number[]): PlotAxis => ({
  id,
  label: `${id} <of runs>`,
  values: Float64Array.from(values),
  categories: null,
  unit: 'number',
  isLog: false,
  isFlipped: false,
})

describe('dots as a file', () => {
  const drawing = scatterToSvg(
    {
      x: axis('lr', [1, 2, 3, Number.NaN]),
      y: axis('loss', [0, 1, 2, 3]),
      color: (dot) => `#00000${dot}`,
      stroke: (dot) => (dot === 1 ? 1 : dot === 2 ? 2 : 0),
      name: (dot) => `run & ${dot}`,
    },
    COLORS,
  )

  it('have their colours, shapes and names, and are missing where a value is', () => {
    const dots = drawing.body.split('\n').filter((line) => line.includes('<title>'))
    expect(dots).toEqual([
      expect.stringMatching(/^<circle .*fill='#000000'.*<title>run &amp; 0<\/title>/),
      expect.stringMatching(/^<circle .*fill='none' stroke='#000001'.*<title>run &amp; 1<\/title>/),
      expect.stringMatching(/^<rect .*fill='#000002'.*<title>run &amp; 2<\/title>/),
    ])
  })

  it('lie to the right and higher where their values are greater', () => {
    const places = [...drawing.body.matchAll(/<circle cx='([\d.]+)' cy='([\d.]+)'/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ])
    expect(places).toHaveLength(2)
    expect(places[1]?.[0]).toBeGreaterThan(places[0]?.[0] ?? Infinity)
    expect(places[1]?.[1]).toBeLessThan(places[0]?.[1] ?? 0)
  })

  it('are named by their axes and a title, as text that names cannot break out of', async () => {
    const text = await titledSvg('a <b>', drawing, COLORS).file.text()
    for (const words of ['a &lt;b&gt;', 'lr &lt;of runs&gt;', 'loss &lt;of runs&gt;'])
      expect(text).toContain(`>${words}</text>`)
  })
})
