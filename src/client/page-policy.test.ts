import { afterEach, expect, it, vi } from 'vitest'
import { watchPolicy } from './page-policy.ts'

afterEach(() => vi.unstubAllGlobals())

function violation(effectiveDirective: string, blockedURI: string, disposition = 'enforce'): Event {
  return Object.assign(new Event('securitypolicyviolation'), { effectiveDirective, blockedURI, disposition })
}

it('hears what is ours behind what the page violates itself, and nothing that is only reported', async () => {
  const page = new EventTarget()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  const watch = watchPolicy()
  page.dispatchEvent(violation('worker-src', 'blob', 'report'))
  expect(await watch.forbidden()).toBeNull()
  page.dispatchEvent(violation('img-src', 'https://example.com/a.png'))
  page.dispatchEvent(violation('script-src', 'blob'))
  expect(await watch.forbidden()).toContain('add “worker-src blob:” to it')
  watch.stop()
})
