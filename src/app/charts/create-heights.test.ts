import { createRoot } from 'solid-js'
import { expect, it } from 'vitest'
import { createHeights } from './create-heights.ts'

it('fits all parts of a metric, and forgets those that are gone', () => {
  createRoot((dispose) => {
    const heights = createHeights()
    expect(heights.of('loss')).toBeNull()
    heights.setPart('loss', 'adam', [0, 2])
    heights.setPart('loss', 'sgd', [1, 5])
    heights.setPart('acc', 'adam', [0, 1])
    expect(heights.of('loss')).toEqual([0, 5])
    heights.setPart('loss', 'sgd', null)
    expect(heights.of('loss')).toEqual([0, 2])
    heights.setPart('loss', 'adam', null)
    expect([heights.of('loss'), heights.of('acc')]).toEqual([null, [0, 1]])
    dispose()
  })
})
