import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { scrubUrl } from './scrub-url.ts'

test('neither query nor hash nor credentials stay', () => {
  const word = fc.stringMatching(/^[a-zA-Z0-9]{3,12}$/)
  fc.assert(
    fc.property(word, word, word, word, (user, password, query, hash) => {
      const url = `https://${user}:${password}@example.org:8443/a/b.html?token=${query}#${hash}`
      expect(scrubUrl(url)).toBe('https://example.org:8443/a/b.html')
    }),
  )
})

test('of a page that is no web page its kind stays, and of what is no page nothing', () => {
  expect(scrubUrl('file:///home/ann/secret/index.html')).toBe('file:')
  expect(scrubUrl('data:text/html,hello')).toBe('data:')
  expect(scrubUrl('no page')).toBe(null)
  expect(scrubUrl(undefined)).toBe(null)
})
