import type { JSX } from 'solid-js'
import { render } from 'solid-js/web'
import { onTestFinished } from 'vitest'

/** Shows a component in the page until the test ends. */
export function mount(ui: () => JSX.Element): HTMLElement {
  const place = document.createElement('div')
  document.body.append(place)
  const dispose = render(ui, place)
  onTestFinished(() => {
    dispose()
    place.remove()
  })
  return place
}

/** The one element a selector names, wherever in the page. */
export function only<T extends HTMLElement = HTMLElement>(selector: string): T {
  const found = document.querySelectorAll<T>(selector)
  const [first] = found
  if (first === undefined || found.length > 1) {
    throw new Error(`${found.length} elements are ${selector} in ${document.body.innerHTML}`)
  }
  return first
}

/** The one button that is called so. */
export function button(name: string): HTMLButtonElement {
  const named = [...document.querySelectorAll('button')].filter(
    (each) => (each.getAttribute('aria-label') ?? each.textContent).trim() === name,
  )
  const [first] = named
  if (first === undefined || named.length > 1) throw new Error(`${named.length} buttons are called ${name}`)
  return first
}

/** Presses a key where the focus is, as `Alt+Shift+ArrowLeft`; returns whether the browser's own answer was prevented. */
export function press(chord: string): boolean {
  const names = chord.split('+')
  const key = names.pop() ?? ''
  const event = new KeyboardEvent('keydown', {
    key: key === 'Space' ? ' ' : key,
    altKey: names.includes('Alt'),
    ctrlKey: names.includes('Control'),
    shiftKey: names.includes('Shift'),
    bubbles: true,
    cancelable: true,
  })
  return !(document.activeElement ?? document.body).dispatchEvent(event)
}

/** Puts a text into a field that has the focus, with the caret behind it. */
export function type(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  field.focus()
  field.value = text
  field.setSelectionRange(text.length, text.length)
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}

/** Lets go on what waits for answers that are there. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}
