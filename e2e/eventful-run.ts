import type { Page } from 'playwright/test'

export const EVENTFUL = 'watched'

/** A hundred seconds at a step a second, from the 20th to the 40th of which its page was not to be seen; answers its id. */
export function logHidden(harness: Page, name: string): Promise<string> {
  return harness.evaluate(
    async ([experiment, name]) => {
      const { story } = window.harness
      const start = Date.now()
      const clock = Date.now
      const runId = story.init({ experiment, name })
      const show = (state: string, seconds: number): void => {
        Date.now = () => start + seconds * 1_000
        Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
        Date.now = clock
      }
      for (let step = 0; step <= 100; step += 1) {
        if (step === 20) show('hidden', 20)
        if (step === 41) show('visible', 40)
        story.log(runId, { loss: 1 / (step + 1) }, { step, time: start + step * 1_000 })
      }
      story.mark(runId, 'new <b>data</b>')
      await story.finish(runId)
      return runId
    },
    [EVENTFUL, name] as const,
  )
}
