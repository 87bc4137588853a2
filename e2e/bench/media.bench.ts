import type { BrowserContext } from 'playwright'
import { openHarness } from '../harness-page.ts'
import { atMost, forInformation, quantile, type Figure, type Measurement } from './figure.ts'
import { measureParts, type Print } from './measure-parts.ts'
import { artifactFigures, memoryFigures } from './media/artifact.ts'
import { systemFigures } from './media/system.ts'
import { busyBetween } from './main-thread.ts'

async function imageFigures(context: BrowserContext): Promise<Figure[]> {
  const page = await openHarness(context)
  // The code is loaded before anything is measured.
  await page.evaluate(() => window.harness.logPictures(5))
  const marks = { from: 'log-picture', to: 'logged-picture' }
  const busy = await busyBetween(page, marks, () => page.evaluate(() => window.harness.logPictures(300)))
  await page.close()
  const total = busy.map(({ total }) => total)
  const onCore = busy.map(({ onCore }) => onCore)
  return [
    atMost('media.image_main_thread_ms_p95', quantile(total, 0.95), 2, 'ms'),
    forInformation('media.image_main_thread_ms_p50', quantile(total, 0.5), 'ms'),
    forInformation('media.image_on_core_ms_p95', quantile(onCore, 0.95), 'ms'),
  ]
}

const PARTS = {
  image: imageFigures,
  artifact: artifactFigures,
  memory: memoryFigures,
  system: systemFigures,
}

/** What making something to be looked at costs. `only`: one part by its name. */
export const measure = (print: Print, only?: string): Promise<Measurement> => measureParts(PARTS, print, only)
