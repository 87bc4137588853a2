import type { ToastState } from './create-toasts.ts'

/** Copies a text and says so, or why not; `instead`: what to do then. */
export async function copyText(
  { say, complain }: Pick<ToastState, 'say' | 'complain'>,
  text: string,
  done: string,
  instead = '',
): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    say(done)
  } catch {
    complain(
      `The browser does not let this page write to the clipboard.${instead === '' ? '' : ` ${instead}`}`,
    )
  }
}
