import { describe, expect, it } from 'vitest'
import { parseRunColor, runStyle } from './run-colors.ts'

describe('the style of a run', () => {
  it('is different for the first 24 runs', () => {
    const styles = Array.from({ length: 24 }, (_, place) => runStyle(place, null))
    expect(new Set(styles.map(({ color, stroke }) => `${color} ${stroke}`)).size).toBe(24)
  })

  it('prefers the colour stored with the run', () => {
    expect(runStyle(30, '#12ab34')).toEqual({ color: '#12ab34', stroke: 0 })
  })

  it('ignores a colour that is no colour of ours', () => {
    expect(parseRunColor('red; background: url(x)')).toBeNull()
    expect(parseRunColor('series-9')).toBeNull()
    expect(parseRunColor('series-8')).toBe('series-8')
  })
})
