import { afterEach, expect, it, vi } from 'vitest'
import { reportBug } from './report-bug.ts'

afterEach(() => vi.unstubAllGlobals())

it('says that Kymo failed, and leaves what went wrong to whoever hears of bugs', () => {
  const heard = vi.fn<(reason: unknown) => void>()
  vi.stubGlobal('reportError', heard)
  const bug = new Error('SQLite failed with 1 (no such table: runs) in: select 1 from runs')
  expect(reportBug(bug)).toMatchObject({ ok: false, error: { code: 'interrupted' } })
  expect(heard).toHaveBeenCalledWith(bug)
})
