import { expect, openHarness, test } from './tracker-page.ts'

test.describe('the store', () => {
  test('keeps in Chromium over OPFS what its suite promises', async ({ context }) => {
    // Some dozens of cases, each with files of its own, one after the other.
    test.setTimeout(300_000)
    const page = await openHarness(context)
    const { kind, reason, outcomes } = await page.evaluate(() => window.harness.runStoreCases())
    expect(kind, reason).toBe('opfs')
    expect(outcomes.length).toBeGreaterThan(15)
    expect(outcomes.filter(({ failure }) => failure !== '')).toEqual([])
  })
})
