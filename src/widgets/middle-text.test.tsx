import { describe, expect, it } from 'vitest'
import { mount, only } from '../mounted.fixture.ts'
import { MiddleText, splitName } from './middle-text.tsx'

describe('a name whose middle may be left out', () => {
  it('keeps its end, reads as a whole, and leaves a short one alone', () => {
    mount(() => <MiddleText text="resnet-50/lr=0.0001/seed=17" />)
    expect(only('.middle-text').textContent).toBe('resnet-50/lr=0.0001/seed=17')
    expect(only('.middle-text-parts').dataset['tail']).toBe('seed=17')
    expect(splitName('baseline')).toEqual(['baseline', ''])
  })

  it('divides no sign', () => {
    const [head, tail] = splitName(`${'a'.repeat(20)}😀${'b'.repeat(6)}`)
    expect(tail).toBe('b'.repeat(6))
    expect(head.endsWith('😀')).toBe(true)
  })
})
