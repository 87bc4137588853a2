import { describe, expect, it } from 'vitest'
import { mendLanguage } from './host-language.ts'

describe('the language of the page', () => {
  it.each(['C', 'C.UTF-8', 'de_DE', 'POSIX1!', '', ' '])(
    'is one that there is where the host says “%s”',
    (language) => {
      const host = { language }
      mendLanguage(host)
      expect(new Intl.NumberFormat(host.language).format(1)).toBe('1')
    },
  )

  it('is left alone where it is one', () => {
    const host = { language: 'de-CH' }
    mendLanguage(host)
    expect(host.language).toBe('de-CH')
  })
})
