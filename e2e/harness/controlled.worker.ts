import { trainControlled, type ControlledOrder } from './controlled-loop.ts'

addEventListener('message', async ({ data: order }: MessageEvent<ControlledOrder>) => {
  postMessage(await trainControlled(order))
})
