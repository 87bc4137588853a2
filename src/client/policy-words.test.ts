import { expect, it } from 'vitest'
import { policyWords } from './policy-words.ts'

it('names what is ours, whatever else of the page was forbidden before', () => {
  expect(policyWords(['img-src', 'worker-src'])).toContain('add “worker-src blob:” to it')
  expect(policyWords(['img-src'])).toBeNull()
})
