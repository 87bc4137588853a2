import { createSignal, Show } from 'solid-js'
import { describe, expect, it, vi } from 'vitest'
import { button, mount, only, press } from '../mounted.fixture.ts'
import { Dialog, DialogFoot, DialogProblem } from './dialog.tsx'

/** A button that opens a dialog with a field and buttons of its own, as the screens do. */
function openDialog() {
  const onClose = vi.fn<() => void>()
  mount(() => {
    const [isOpen, setOpen] = createSignal(false)
    const close = () => {
      onClose()
      setOpen(false)
    }
    return (
      <>
        <button type="button" onClick={() => setOpen(true)}>
          Rename
        </button>
        <Show when={isOpen()}>
          <Dialog title="Rename the run" onClose={close}>
            <input aria-label="Name" autofocus />
            <DialogProblem message="There is one of this name." />
            <DialogFoot>
              <button type="button" onClick={close}>
                Cancel
              </button>
            </DialogFoot>
          </Dialog>
        </Show>
      </>
    )
  })
  const opener = button('Rename')
  opener.focus()
  opener.click()
  return { opener, onClose }
}

const pressMouse = (on: HTMLElement) => on.dispatchEvent(new MouseEvent('mousedown', { bubbles: true }))
const isOpen = (): boolean => document.querySelector('dialog') !== null

describe('a dialog', () => {
  it('takes the focus, is called by its title and tells at once what went wrong', () => {
    openDialog()
    const dialog = only<HTMLDialogElement>('dialog')
    expect(dialog.open).toBe(true)
    expect(document.activeElement).toBe(only('[aria-label=Name]'))
    const title = dialog.getAttribute('aria-labelledby') ?? ''
    expect(document.getElementById(title)?.textContent).toBe('Rename the run')
    expect(only('[role=alert]').textContent).toBe('There is one of this name.')
  })

  it('closes once on Escape and gives the focus back', async () => {
    const { opener, onClose } = openDialog()
    press('Escape')
    await vi.waitUntil(() => !isOpen())
    expect(onClose).toHaveBeenCalledOnce()
    expect(document.activeElement).toBe(opener)
  })

  it('closes by its cross and by a press beside it, not by one inside', async () => {
    const { opener } = openDialog()
    pressMouse(only('[aria-label=Name]'))
    expect(only<HTMLDialogElement>('dialog').open).toBe(true)
    button('Close').click()
    await vi.waitUntil(() => !isOpen())
    opener.click()
    pressMouse(only('dialog'))
    await vi.waitUntil(() => !isOpen())
    expect(document.activeElement).toBe(opener)
  })

  it('gives the focus back when a button of its own ends it', () => {
    const { opener } = openDialog()
    button('Cancel').click()
    expect(isOpen()).toBe(false)
    expect(document.activeElement).toBe(opener)
  })

  it('leaves the focus where what ended it has put it', () => {
    const { opener } = openDialog()
    mount(() => <input aria-label="Elsewhere" />)
    only('[aria-label=Elsewhere]').focus()
    button('Cancel').click()
    expect(document.activeElement).toBe(only('[aria-label=Elsewhere]'))
    expect(document.activeElement).not.toBe(opener)
  })
})
