import type { History, Step } from './create-history.ts'
import type { ToastState } from './create-toasts.ts'

/** Notes what was just done, says so and offers to undo it. Once it is undone, whichever way, it is said no more. */
export function sayStep(history: History, toasts: Pick<ToastState, 'say'>, step: Step, said: string): void {
  let unsay: (() => void) | undefined
  const undo = history.push(step, () => unsay?.())
  unsay = toasts.say(said, { label: 'Undo', run: undo })
}
