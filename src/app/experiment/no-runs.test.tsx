import { createSignal } from 'solid-js'
import { expect, it } from 'vitest'
import { button, mount } from '../../mounted.fixture.ts'
import { onlyWith } from '../../parts.fixture.ts'
import { emptyWorkspace } from '../workspace/workspace.fixture.ts'
import { ArchivedRuns } from './archived-runs.tsx'
import { ARCHIVED_FILTER, foundWords, type RunTotals } from './create-run-totals.ts'
import { ExperimentContext, type ExperimentState } from './experiment-context.ts'
import { NoRuns } from './no-runs.tsx'

function open(totals: RunTotals, filter = '') {
  const workspace = emptyWorkspace()
  if (filter !== '') workspace.change('Filter', { filter })
  const [known] = createSignal<RunTotals | undefined>(totals)
  const place = mount(() => (
    <ExperimentContext.Provider value={onlyWith<ExperimentState>({ totals: known, workspace })}>
      <NoRuns />
      <ArchivedRuns />
    </ExperimentContext.Provider>
  ))
  return { place, filter: () => workspace.view().filter, workspace }
}

it('says how many runs a filter leaves out, and shows them', () => {
  const { place, filter } = open({ listed: 60, archived: 0 }, 'lr > 9')
  expect(place.textContent).toContain('None of 60 runs matches the filter.')
  button('Show all runs').click()
  expect(filter()).toBe('')
})

it('never counts archived runs as none, and leads to them and back', () => {
  const { place, filter, workspace } = open({ listed: 0, archived: 4 })
  expect(place.textContent).toContain('All 4 runs are archived.')
  button('4 archived').click()
  expect(filter()).toBe(ARCHIVED_FILTER)
  button('Back from the archive').click()
  expect(filter()).toBe('')
  workspace.history.undo()
  expect(filter()).toBe(ARCHIVED_FILTER)
})

it('says that there are no runs only where there are none', () => {
  expect(open({ listed: 0, archived: 0 }).place.textContent).toBe('This experiment has no runs.')
})

it('tells how many a filter finds of how many it looks at', () => {
  const totals = { listed: 60, archived: 4 }
  expect(foundWords(60, '', totals)).toBe('60 runs')
  expect(foundWords(1, 'lr > 1', totals)).toBe('1 of 60 runs')
  expect(foundWords(4, ARCHIVED_FILTER, totals)).toBe('4 of 64 runs')
  expect(foundWords(60, 'lr > 0', totals)).toBe('60 runs')
})
