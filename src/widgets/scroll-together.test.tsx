import { createSignal, Show } from 'solid-js'
import { expect, it } from 'vitest'
import { mount, only } from '../mounted.fixture.ts'
import { makeScrollTogether } from './scroll-together.ts'

function scroll(element: HTMLElement, left: number): void {
  element.scrollLeft = left
  element.dispatchEvent(new Event('scroll'))
}

it('scrolls all sideways as one, also those that come later, and none back', () => {
  const together = makeScrollTogether()
  const [isOpen, setOpen] = createSignal(false)
  mount(() => (
    <>
      <div class="head" ref={(element) => together.add(element)} />
      <div class="first" ref={(element) => together.add(element)} />
      <Show when={isOpen()}>
        <div class="late" ref={(element) => together.add(element)} />
      </Show>
    </>
  ))
  const [head, first] = [only('.head'), only('.first')]
  scroll(first, 120)
  expect(head.scrollLeft).toBe(120)
  setOpen(true)
  expect(only('.late').scrollLeft).toBe(120)

  // While the first goes on, the head hears late of where it was put.
  first.scrollLeft = 180
  head.dispatchEvent(new Event('scroll'))
  expect(first.scrollLeft).toBe(180)

  setOpen(false)
  scroll(head, 40)
  expect(first.scrollLeft).toBe(40)
})
