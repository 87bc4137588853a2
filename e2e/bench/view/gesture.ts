import type { Page } from 'playwright'

export interface GestureTimes {
  /** From frame to frame. */
  readonly intervals: number[]
  /** What the main thread was busy with for a frame, from its start until it is free again. */
  readonly tasks: number[]
}

/**
 * Zooms into the first chart step by step, pans across it, and zooms out again, one wheel event a frame.
 *
 * The pointer rests on the chart, so that the cursor and its values are drawn as for a user.
 */
export async function measureGesture(page: Page): Promise<GestureTimes> {
  const plot = page.locator('article .u-over').first()
  const box = await plot.boundingBox()
  if (box === null) throw new Error('There is no chart.')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  return plot.evaluate(
    async (over, place) => {
      const intervals: number[] = []
      const tasks: number[] = []
      let last = Number.NaN
      // What runs in the page has to be all in here.
      // oxlint-disable-next-line unicorn/consistent-function-scoping
      const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))
      // oxlint-disable-next-line unicorn/consistent-function-scoping
      const untilFree = (): Promise<void> =>
        new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel()
          port1.addEventListener('message', () => resolve())
          port1.start()
          port2.postMessage(null)
        })
      async function turn(deltaX: number, deltaY: number, isZoom: boolean): Promise<void> {
        const at = await nextFrame()
        if (!Number.isNaN(last)) intervals.push(at - last)
        last = at
        const start = performance.now()
        over.dispatchEvent(
          new WheelEvent('wheel', {
            deltaX,
            deltaY,
            ctrlKey: isZoom,
            clientX: place.x,
            clientY: place.y,
            bubbles: true,
            cancelable: true,
          }),
        )
        await untilFree()
        tasks.push(performance.now() - start)
      }
      for (let step = 0; step < 60; step += 1) await turn(0, -60, true)
      for (let step = 0; step < 120; step += 1) await turn(step < 60 ? 40 : -40, 0, false)
      for (let step = 0; step < 60; step += 1) await turn(0, 60, true)
      return { intervals, tasks }
    },
    { x: box.x + box.width / 2, y: box.y + box.height / 2 },
  )
}
