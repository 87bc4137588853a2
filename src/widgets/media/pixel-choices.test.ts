import { describe, expect, it } from 'vitest'
import { choicesOf, rangeWords, remapOf } from './pixel-choices.ts'

describe('the range of a picture', () => {
  const signed = { black: -1, white: 1, min: -0.5, max: 0.5, count: 64 }

  it('is said with what it could not show', () => {
    expect(rangeWords(signed, 'logged')).toBe('-1 … 1 is black … white')
    expect(rangeWords({ ...signed, lost: 3, cut: 2 }, 'whole')).toBe(
      '-0.5000 … 0.5000 is black … white; 3 of 64 not finite, drawn as nothing; 2 beyond when logged, cut',
    )
  })

  it('becomes another by the brightness of its pixels', () => {
    expect(remapOf(signed, 'logged')).toBeNull()
    // A pixel of −0.5 is a quarter bright, and black where the least is.
    const whole = remapOf(signed, 'whole')
    expect([0.25, 0.75].map((part) => part * (whole?.slope ?? 0) + (whole?.intercept ?? 0))).toEqual([0, 1])
  })

  it('may be one that several pictures share', () => {
    expect(choicesOf(signed, [-1, 1])[0]).toBe('shared')
    expect(remapOf(signed, 'shared', [-1, 1])).toBeNull()
    expect(remapOf(signed, 'shared', [-3, 1])).toEqual({ slope: 0.5, intercept: 0.5 })
    expect(rangeWords(signed, 'shared', [-3, 1])).toBe('-3 … 1 is black … white')
  })

  it('offers those that differ', () => {
    expect(choicesOf(signed)).toEqual(['logged', 'unit', 'bytes', 'whole'])
    expect(choicesOf({ ...signed, min: 2, max: 2 })).toEqual(['logged', 'unit', 'bytes'])
  })
})
