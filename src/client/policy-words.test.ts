import { expect, it } from 'vitest'
import { policyWords } from './policy-words.ts'

const IMAGE = { directive: 'img-src', blocked: 'https://example.com/a.png' }

it('names what is ours, whatever else of the page was forbidden before', () => {
  expect(policyWords([IMAGE, { directive: 'worker-src', blocked: 'blob' }])).toContain(
    'add “worker-src blob:” to it',
  )
  expect(policyWords([IMAGE])).toBeNull()
})

it('knows a blocked worker by what was blocked where a browser names the directive it fell back to', () => {
  const asFirefoxSays = { directive: 'script-src', blocked: 'blob' }
  expect(policyWords([asFirefoxSays])).toContain('add “worker-src blob:” to it')
  expect(policyWords([{ directive: 'script-src', blocked: 'blob:http://localhost/1' }])).toContain(
    'its worker',
  )
  expect(policyWords([{ directive: 'script-src', blocked: 'wasm-eval' }])).toContain('wasm-unsafe-eval')
})
