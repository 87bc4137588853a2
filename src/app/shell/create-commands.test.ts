import { describe, expect, it } from 'vitest'
import { parseChord } from './create-commands.ts'

describe('a chord', () => {
  it('is a key with what is held', () => {
    expect(parseChord('mod+shift+z')).toEqual({ key: 'z', mod: true, shift: true, alt: false })
    expect(parseChord('?')).toEqual({ key: '?', mod: false, shift: false, alt: false })
    expect(parseChord('alt+1')).toEqual({ key: '1', mod: false, shift: false, alt: true })
  })
})
