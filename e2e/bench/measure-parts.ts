import type { BrowserContext } from 'playwright'
import { createProfile } from '../profile.ts'
import type { Figure, Measurement } from './figure.ts'

/** Told of each figure as soon as it is known. */
export type Print = (figure: Figure) => void

/**
 * Measures the parts of a bench one after the other, each on a fresh profile; `only` names one of them.
 *
 * Errors: throws and names the parts when `only` is none of them.
 */
export async function measureParts(
  parts: Readonly<Record<string, (context: BrowserContext) => Promise<Figure[]>>>,
  print: Print,
  only?: string,
): Promise<Measurement> {
  if (only !== undefined && !Object.hasOwn(parts, only)) {
    throw new Error(`There is no part ${only}. The parts are: ${Object.keys(parts).join(', ')}`)
  }
  const figures: Figure[] = []
  let version = ''
  for (const [name, measurePart] of Object.entries(parts)) {
    if (only !== undefined && only !== name) continue
    const profile = await createProfile()
    const context = await profile.launch()
    version = `Chromium ${context.browser()?.version() ?? 'unknown'}`
    try {
      for (const figure of await measurePart(context)) {
        print(figure)
        figures.push(figure)
      }
    } finally {
      await context.close()
      await profile.remove()
    }
  }
  return { version, figures }
}
