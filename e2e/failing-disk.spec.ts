import { expect, openHarness, test } from './tracker-page.ts'

/** About 350 calls, a third of a second each: one in seven is a minute, 1 tries them all. */
const STRIDE = Number(process.env['KYMO_DISK_STRIDE'] ?? 7)

test.describe('a disk that fails', () => {
  test('at any read, write, flush or change of size loses nothing that was acknowledged', async ({
    context,
  }) => {
    test.setTimeout(600_000)
    const page = await openHarness(context)
    const { calls, failed, losses } = await page.evaluate(
      (stride) => window.harness.runOnFailingDisk(stride),
      STRIDE,
    )
    expect(calls).toBeGreaterThan(50)
    expect(failed).toBeGreaterThan(20)
    expect(losses).toEqual([])
  })
})
