import { crash } from './crash.ts'
import { expect, openHarness, openTracker, test } from './tracker-page.ts'

const DTYPES = {
  Int8Array: 'int8',
  Uint8Array: 'uint8',
  Uint8ClampedArray: 'uint8_clamped',
  Int16Array: 'int16',
  Uint16Array: 'uint16',
  Int32Array: 'int32',
  Uint32Array: 'uint32',
  BigInt64Array: 'int64',
  BigUint64Array: 'uint64',
  Float32Array: 'float32',
  Float64Array: 'float64',
  grid: 'float32',
  taken: 'uint8',
}

const LARGE_BYTES = 70 * 2 ** 20

test.describe('a logged array', () => {
  test('of any type comes back as it was, after its tab was killed too', async ({ context }) => {
    const training = await openHarness(context)
    const { runId, taken } = await training.evaluate(async () =>
      (await window.harness.loadArrays()).logSamples('gradients'),
    )
    expect(taken).toBe(0)
    await crash(training)

    const tracker = await openTracker(context)
    await tracker.openExperiment('gradients')
    await tracker.run(/arrays/).click()
    const overview = tracker.page.getByRole('complementary', { name: 'Run overview' })
    await expect(overview.getByRole('table', { name: 'Arrays' })).toContainText(
      '1 × float32 [2, 3], 24 bytes',
    )

    const reader = await openHarness(context)
    const checks = await reader.evaluate(
      async (runId) => (await window.harness.loadArrays()).checkSamples(runId),
      runId,
    )
    expect(checks.map(({ key, dtype, same }) => [key, dtype, same])).toEqual(
      Object.entries(DTYPES).map(([key, dtype]) => [key, dtype, true]),
    )
    expect(checks.find(({ key }) => key === 'grid')?.shape).toEqual([2, 3])
    expect(tracker.problems).toEqual([])
  })

  test('that is larger than a batch travels in parts, to the owner in another tab too', async ({
    context,
  }) => {
    const owner = await openTracker(context)
    const training = await openHarness(context)
    const runId = await training.evaluate(
      async (bytes) => (await window.harness.loadArrays()).logLarge('large values', bytes),
      LARGE_BYTES,
    )
    const check = await training.evaluate(
      async (runId) => (await window.harness.loadArrays()).checkLarge(runId),
      runId,
    )
    expect(check).toEqual({ key: 'large', dtype: 'uint8', shape: [LARGE_BYTES], same: true })
    expect(owner.problems).toEqual([])
  })
})
