import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { err, ok } from '../../model/result.ts'
import type { RunColumns, RunsRequest } from '../../protocol/runs-api.ts'
import { trackerError } from '../../protocol/tracker-error.ts'
import { button, mount, only, press, type } from '../../mounted.fixture.ts'
import { onlyWith } from '../../parts.fixture.ts'
import { fakeTracker } from '../tracker/tracker.fixture.ts'
import { TrackerContext } from '../tracker/tracker.ts'
import { emptyWorkspace } from '../workspace/workspace.fixture.ts'
import { createRuns } from './create-runs.ts'
import { ExperimentContext, type ExperimentState } from './experiment-context.ts'
import { FilterBar } from './filter-bar.tsx'

const TYPING_MS = 180
const LONG_MS = 5_000
const NO_RUNS: RunColumns = {
  id: [],
  name: [],
  status: [],
  startedAt: new Float64Array(),
  endedAt: new Float64Array(),
  color: [],
  groupName: [],
  refusedCount: new Float64Array(),
  place: new Float64Array(),
  paramChanges: [],
}
const WRONG = {
  ...trackerError('filter-wrong', 'There is no nmae. Did you mean name?'),
  at: { from: 0, to: 4, fix: 'name' },
}
const KEYS = [
  { from: 'param', key: 'lr', runs: 2, numbers: 2, texts: [] },
  { from: 'metric', key: 'loss', runs: 2, numbers: 2, texts: [] },
] as const

/** The filter bar over an experiment with `lr` and `loss`; a filter that begins with `nmae` is wrong. */
async function openBar() {
  const tracker = fakeTracker({
    readRuns: ({ filter = '' }: RunsRequest) =>
      Promise.resolve(filter.startsWith('nmae') ? err(WRONG) : ok(NO_RUNS)),
    readKeys: () => Promise.resolve(ok(KEYS)),
  })
  const workspace = emptyWorkspace()
  mount(() => {
    const runs = createRuns(tracker, 'own', 'e', workspace.pick('filter'))
    return (
      <TrackerContext.Provider value={tracker}>
        <ExperimentContext.Provider
          value={onlyWith<ExperimentState>({ database: 'own', experimentId: 'e', runs, workspace })}
        >
          <FilterBar />
        </ExperimentContext.Provider>
      </TrackerContext.Provider>
    )
  })
  await wait(LONG_MS)
  const field = only<HTMLInputElement>('input[role=combobox]')
  const asked = () => tracker.asked.flatMap(([name, argument]) => (name === 'readRuns' ? [argument] : []))
  return { field, filter: () => workspace.view().filter, asked, workspace }
}

const wait = async (ms: number): Promise<void> => void (await vi.advanceTimersByTimeAsync(ms))
const offered = (): readonly string[] =>
  [...document.querySelectorAll('.filter-bar-option-text')].map(({ textContent }) => textContent)
const chosen = (): string | undefined =>
  document.querySelector('[role=option][aria-selected=true] .filter-bar-option-text')?.textContent

describe('the filter bar', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('asks for what was typed once, after a pause', async () => {
    const { field, filter, asked } = await openBar()
    const before = asked().length
    type(field, 'lr')
    await wait(TYPING_MS - 1)
    type(field, 'lr > 1')
    await wait(TYPING_MS - 1)
    expect(filter()).toBe('')
    await wait(1)
    expect(filter()).toBe('lr > 1')
    await wait(LONG_MS)
    expect(asked().slice(before)).toEqual([{ database: 'own', experimentId: 'e', filter: 'lr > 1' }])
  })

  it('asks at once on Enter, and not again after the pause', async () => {
    const { field, filter, workspace } = await openBar()
    type(field, 'lr > 1')
    press('Enter')
    expect(filter()).toBe('lr > 1')
    workspace.change('Filter runs', { filter: 'loss < 2' })
    await wait(LONG_MS)
    expect(filter()).toBe('loss < 2')
  })

  it('says what is wrong with a filter, marks the place, and mends it', async () => {
    const { field, filter } = await openBar()
    type(field, 'nmae = "a"')
    await wait(0)
    press('Escape')
    await wait(LONG_MS)
    expect(only('.filter-bar-problem').textContent).toContain('There is no nmae. Did you mean name?')
    expect(only('.filter-bar-marks mark').textContent).toBe('nmae')
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(field.getAttribute('aria-describedby')).toBe(only('.filter-bar-problem').id)
    button('Write name').click()
    expect(document.activeElement).toBe(field)
    await wait(LONG_MS)
    press('Escape')
    expect(filter()).toBe('name = "a"')
    expect(document.querySelector('.filter-bar-problem, .filter-bar-marks')).toBeNull()
    expect(field.getAttribute('aria-invalid')).toBe('false')
  })

  it('does not call a word wrong while something is offered for it', async () => {
    const { field } = await openBar()
    type(field, 'nmae = "a" and lo')
    await wait(LONG_MS)
    expect(offered()).toContain('loss')
    expect(document.querySelector('.filter-bar-problem')).toBeNull()
    press('Escape')
    expect(offered()).toEqual([])
    expect(only('.filter-bar-problem').textContent).toContain('There is no nmae')
  })

  it('chooses what is offered by the arrows, around both ends', async () => {
    const { field } = await openBar()
    type(field, 'l')
    await wait(0)
    const all = offered()
    expect(all.slice(0, 2).toSorted()).toEqual(['loss', 'lr'])
    expect(chosen()).toBeUndefined()
    expect(press('ArrowDown')).toBe(true)
    expect(chosen()).toBe(all[0])
    expect(field.getAttribute('aria-activedescendant')).toBe(only('[aria-selected=true]').id)
    press('ArrowUp')
    expect(chosen()).toBe(all.at(-1))
    press('ArrowDown')
    expect(chosen()).toBe(all[0])
    type(field, 'l')
    expect(chosen()).toBeUndefined()
    press('ArrowUp')
    expect(chosen()).toBe(all.at(-1))
  })

  it.each(['Enter', 'Tab'])('writes what is chosen on %s, with the caret behind it', async (key) => {
    const { field, filter } = await openBar()
    type(field, 'lo')
    await wait(0)
    press('ArrowDown')
    expect(press(key)).toBe(key === 'Tab')
    expect([field.value, field.selectionStart]).toEqual(['loss ', 5])
    expect(filter()).toBe('')
    expect(offered()).toContain('<')
    await wait(TYPING_MS)
    expect(filter()).toBe('loss ')
  })

  it('takes the first on Enter where a word is half written, and asks where it is whole', async () => {
    const { field, filter } = await openBar()
    type(field, 'lo')
    await wait(0)
    press('Enter')
    expect(field.value).toBe('loss ')
    expect(filter()).toBe('')
    type(field, 'loss < 2 an')
    await wait(0)
    press('Enter')
    expect(field.value).toBe('loss < 2 and ')
    type(field, 'loss')
    await wait(0)
    press('Enter')
    expect(filter()).toBe('loss')
    type(field, 'status = ru')
    await wait(0)
    press('Enter')
    expect(field.value).toBe('status = running ')
    type(field, 'name contains ru')
    await wait(0)
    press('Enter')
    expect(filter()).toBe('name contains ru')
  })

  it('leaves Tab alone while nothing is chosen', async () => {
    const { field } = await openBar()
    type(field, 'lo')
    await wait(0)
    expect(press('Tab')).toBe(false)
    expect(field.value).toBe('lo')
  })

  it('puts away what is offered on Escape, and keeps it to itself', async () => {
    const { field } = await openBar()
    const outside = vi.fn<() => void>()
    addEventListener('keydown', outside)
    type(field, 'lo')
    await wait(0)
    press('Escape')
    expect(offered()).toEqual([])
    expect(outside).not.toHaveBeenCalled()
    press('Escape')
    expect(outside).toHaveBeenCalledOnce()
    expect(field.value).toBe('lo')
    removeEventListener('keydown', outside)
  })

  it('takes what is pressed with the mouse, and keeps the focus', async () => {
    const { field } = await openBar()
    type(field, 'lo')
    await wait(0)
    const down = new MouseEvent('mousedown', { bubbles: true, cancelable: true })
    only('[role=option]:first-child').dispatchEvent(down)
    expect(down.defaultPrevented).toBe(true)
    expect(field.value).toBe('loss ')
  })

  it('is cleared at once', async () => {
    const { field, filter } = await openBar()
    expect(document.querySelector('[aria-label="Clear filter"]')).toBeNull()
    type(field, 'lr > 1')
    await wait(TYPING_MS)
    button('Clear filter').click()
    expect([filter(), field.value]).toEqual(['', ''])
    expect(document.querySelector('[aria-label="Clear filter"]')).toBeNull()
  })

  it('follows a filter that is set elsewhere, but never while it is written in', async () => {
    const { field, workspace } = await openBar()
    workspace.change('Undo', { filter: 'lr > 1' })
    expect(field.value).toBe('lr > 1')
    field.focus()
    workspace.change('Undo', { filter: 'loss > 1' })
    expect(field.value).toBe('lr > 1')
  })
})
