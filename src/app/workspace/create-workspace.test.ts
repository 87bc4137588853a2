import { createRoot } from 'solid-js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHistory } from '../shell/create-history.ts'
import { parseSteps, printSteps } from '../shell/remembered-history.ts'
import { createWorkspace, type Workspace } from './create-workspace.ts'
import { rememberView } from './remembered-view.ts'
import { INITIAL_VIEW, parseView, printView } from './workspace-view.ts'

vi.mock(import('./workspace-view.ts'), { spy: true })

interface OpenedPage {
  readonly workspace: Workspace
  /** Every address that was written, in order. */
  readonly addresses: string[]
  dispose(): void
}

/** A workspace whose address comes back to it, as the app sees to. */
function openPage(link = '', history = createHistory()): OpenedPage {
  const addresses: string[] = []
  return createRoot((dispose) => {
    const keeper = rememberView('e', link, (view) => {
      addresses.push(view)
      workspace.follow(view)
    })
    const workspace = createWorkspace(keeper, history)
    return { workspace, addresses, dispose }
  })
}

const printed = (part: Partial<typeof INITIAL_VIEW>): string => printView({ ...INITIAL_VIEW, ...part })

describe('a workspace', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('document', { documentElement: { dataset: {} } })
    vi.stubGlobal('addEventListener', () => undefined)
    vi.stubGlobal('removeEventListener', () => undefined)
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('writes its view once for a keystroke, and does not read it back', () => {
    const { workspace, addresses } = openPage()
    vi.mocked(printView).mockClear()
    vi.mocked(parseView).mockClear()
    workspace.change('Filter runs', { filter: 'lr' }, 'filter')
    expect(addresses).toEqual(['filter=lr'])
    expect(workspace.link()).toBe('filter=lr')
    expect(vi.mocked(printView)).toHaveBeenCalledTimes(1)
    expect(vi.mocked(parseView)).toHaveBeenCalledTimes(0)
  })

  it('writes its view once for each step of a drag, and the address when that rests', () => {
    const { workspace, addresses } = openPage()
    vi.mocked(printView).mockClear()
    for (let to = 1; to <= 20; to += 1) workspace.change('Zoom', { zoom: { from: 0, to } }, 'zoom')
    vi.advanceTimersByTime(1_000)
    expect(vi.mocked(printView)).toHaveBeenCalledTimes(20)
    expect(addresses).toHaveLength(2)
    expect(addresses.at(-1)).toBe(workspace.link())
  })

  it('leaves everything alone when what is asked for is there already', () => {
    const { workspace, addresses } = openPage('tab=table')
    workspace.change('Go to Table', { tab: 'table' })
    expect(addresses).toEqual([])
    expect(workspace.history.undoLabel()).toBeNull()
  })

  it('goes back and forward with the browser', () => {
    const { workspace } = openPage('tab=table')
    workspace.change('Filter runs', { filter: 'lr' })
    const later = workspace.link()
    workspace.follow('tab=table')
    expect(workspace.view().filter).toBe('')
    workspace.follow(later)
    expect(workspace.view()).toMatchObject({ tab: 'table', filter: 'lr' })
    workspace.follow('tab=sql')
    workspace.follow(later)
    expect(workspace.link()).toBe(later)
  })

  it('follows a link while a drag is waiting to be written, and forgets that', () => {
    const { workspace, addresses } = openPage()
    workspace.change('Zoom', { zoom: { from: 0, to: 1 } }, 'zoom')
    workspace.change('Zoom', { zoom: { from: 0, to: 2 } }, 'zoom')
    workspace.follow('tab=sql')
    vi.advanceTimersByTime(1_000)
    expect(workspace.link()).toBe('tab=sql')
    expect(addresses).toEqual([printed({ zoom: { from: 0, to: 1 } })])
  })

  it('says where it is when a link asks for nothing', () => {
    const { workspace, addresses } = openPage('tab=table')
    workspace.follow('')
    expect(addresses).toEqual(['tab=table'])
    expect(workspace.view().tab).toBe('table')
  })

  it('is undone after the page was loaded again', () => {
    const { workspace } = openPage()
    workspace.change('Filter runs', { filter: 'a, b? = "c"' })
    workspace.change('Go to Table', { tab: 'table' })
    const kept = parseSteps(printSteps(workspace.history.steps()))
    const { workspace: again } = openPage(workspace.link(), createHistory(kept))
    again.history.undo()
    expect(again.view()).toMatchObject({ tab: 'charts', filter: 'a, b? = "c"' })
    again.history.undo()
    expect(again.link()).toBe('')
    again.history.redo()
    expect(again.view().filter).toBe('a, b? = "c"')
  })

  it('is undone and done again part by part', () => {
    const { workspace, addresses } = openPage()
    workspace.change('Go to Table', { tab: 'table' })
    workspace.change('Filter runs', { filter: 'lr' })
    workspace.history.undo()
    workspace.history.undo()
    expect(workspace.link()).toBe('')
    workspace.history.redo()
    vi.advanceTimersByTime(1_000)
    expect(addresses).toEqual(['tab=table', 'tab=table&filter=lr', 'tab=table', '', 'tab=table'])
  })
})
