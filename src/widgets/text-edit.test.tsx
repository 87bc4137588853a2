import { createSignal, Show } from 'solid-js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { mount, only, press, type } from '../mounted.fixture.ts'
import { KEEP_PAUSE_MS } from './create-draft.ts'
import { NameEdit, TextEdit } from './text-edit.tsx'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const field = () => only<HTMLTextAreaElement>('[aria-label=Notes]')

/** A field for the notes of a run, one of several, as a store keeps them. */
function open(Field: typeof TextEdit | typeof NameEdit) {
  const [stored, store] = createSignal<Readonly<Record<string, string>>>({ a: 'of a', b: 'of b' })
  const [run, setRun] = createSignal('a')
  const [isOpen, setOpen] = createSignal(true)
  const kept: string[] = []
  let editings = 0
  mount(() => (
    <Show when={isOpen()}>
      <Show when={run()} keyed>
        {(id) => (
          <Field
            label="Notes"
            placeholder=""
            value={stored()[id] ?? ''}
            begin={(before) => {
              editings += 1
              const editing = editings
              return (text) => {
                kept.push(`${editing} ${id}: ${before} → ${text}`)
                store((all) => ({ ...all, [id]: text }))
              }
            }}
          />
        )}
      </Show>
    </Show>
  ))
  return { kept, close: () => setOpen(false), setRun, store }
}

describe.each([
  ['notes', TextEdit],
  ['a name', NameEdit],
] as const)('%s', (_, Field) => {
  it('are kept in a pause of typing, all of one editing together', () => {
    const { kept } = open(Field)
    type(field(), 'o')
    type(field(), 'one')
    expect(kept).toEqual([])
    vi.advanceTimersByTime(KEEP_PAUSE_MS)
    type(field(), 'one two')
    vi.advanceTimersByTime(KEEP_PAUSE_MS)
    expect(kept).toEqual(['1 a: of a → one', '1 a: of a → one two'])
    field().dispatchEvent(new FocusEvent('blur'))
    type(field(), 'three')
    vi.advanceTimersByTime(KEEP_PAUSE_MS)
    expect(kept.at(-1)).toBe('2 a: one two → three')
  })

  it.each([
    ['are left', (field: HTMLElement) => field.dispatchEvent(new FocusEvent('blur'))],
    ['are left by Esc', () => press('Escape')],
    ['are on a page that is left', () => dispatchEvent(new Event('pagehide'))],
    ['are on a page that is hidden', () => document.dispatchEvent(new Event('visibilitychange'))],
  ])('are kept at once when they %s', (_way, leave) => {
    const { kept } = open(Field)
    type(field(), 'one')
    leave(field())
    expect(kept).toEqual(['1 a: of a → one'])
    vi.advanceTimersByTime(10 * KEEP_PAUSE_MS)
    expect(kept).toHaveLength(1)
  })

  it('are kept when their place is closed, and stay those of the run they were written for', () => {
    const { kept, setRun, close } = open(Field)
    type(field(), 'one')
    setRun('b')
    expect(field().value).toBe('of b')
    type(field(), 'two')
    close()
    expect(kept).toEqual(['1 a: of a → one', '2 b: of b → two'])
  })

  it('do not change under the hand, and follow the store otherwise', () => {
    const { kept, store } = open(Field)
    type(field(), 'one')
    store((all) => ({ ...all, a: 'by another tab' }))
    expect(field().value).toBe('one')
    field().dispatchEvent(new FocusEvent('blur'))
    store((all) => ({ ...all, a: 'taken back' }))
    expect(field().value).toBe('taken back')
    expect(kept).toHaveLength(1)
  })
})

it('leaves no run without a name', () => {
  const { kept } = open(NameEdit)
  type(field(), '  ')
  field().dispatchEvent(new FocusEvent('blur'))
  expect([kept, field().value]).toEqual([[], 'of a'])
})

it('does not let Esc close what is around while something is written', () => {
  const heard = vi.fn<(event: KeyboardEvent) => void>()
  addEventListener('keydown', heard)
  open(TextEdit)
  type(field(), 'one')
  press('Escape')
  removeEventListener('keydown', heard)
  expect(heard).not.toHaveBeenCalled()
})
