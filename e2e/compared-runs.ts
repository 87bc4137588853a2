import type { Page } from 'playwright/test'

export const COMPARED = 'where and with what'

/** Three runs: the second has another line of code, the third other data. */
export async function logCompared(harness: Page): Promise<void> {
  await harness.evaluate(async (experiment) => {
    const { trainWith } = await window.harness.loadCaptures()
    const code = Array.from({ length: 60 }, (_, line) => `const line${line} = ${line}`)
    const changed = code.with(30, 'const line30 = "<img src=x onerror=alert(1)>"')
    const rows = [
      { kind: 'a', size: 1 },
      { kind: 'b', size: 2.5 },
      { kind: 'a', size: null },
    ]
    await trainWith(experiment, 'first', code.join('\n'), rows)
    await trainWith(experiment, 'second', changed.join('\n'), rows)
    await trainWith(experiment, 'third', code.join('\n'), rows.slice(1))
  }, COMPARED)
}
