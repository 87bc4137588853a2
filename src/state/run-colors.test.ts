import { describe, expect, it } from 'vitest'
import { assignRunStyles, parseRunColor } from './run-colors.ts'

function runs(count: number): { id: string; startedAt: number; color: string | null }[] {
  return Array.from({ length: count }, (_, index) => ({ id: `run-${index}`, startedAt: index, color: null }))
}

describe('assignRunStyles', () => {
  it('draws the first 24 runs all differently', () => {
    const { styles } = assignRunStyles(runs(24))
    expect(new Set([...styles.values()].map((style) => `${style.color} ${style.stroke}`)).size).toBe(24)
  })

  it('does not depend on the order runs are listed in', () => {
    expect(assignRunStyles(runs(12).toReversed()).styles).toEqual(assignRunStyles(runs(12)).styles)
  })

  it('keeps the colour of the others when an older run is removed or a new one starts', () => {
    const before = assignRunStyles(runs(5))
    const after = assignRunStyles(runs(7).slice(2), before.places)
    expect(after.styles.get('run-3')).toEqual(before.styles.get('run-3'))
    expect(after.styles.get('run-6')).toEqual({ color: 'series-7', stroke: 0 })
  })

  it('prefers the colour stored with the run', () => {
    const { styles } = assignRunStyles([{ id: 'a', startedAt: 0, color: '#12ab34' }])
    expect(styles.get('a')).toEqual({ color: '#12ab34', stroke: 0 })
  })

  it('ignores a colour that is no colour of ours', () => {
    expect(parseRunColor('red; background: url(x)')).toBeNull()
    expect(parseRunColor('series-9')).toBeNull()
    expect(parseRunColor('series-8')).toBe('series-8')
  })
})
