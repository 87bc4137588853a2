import { expect, it } from 'vitest'
import type { Change } from '../../model/log-batch.ts'
import { ok } from '../../model/result.ts'
import { createHistory } from '../shell/create-history.ts'
import { createToasts } from '../shell/create-toasts.ts'
import { fakeTracker } from '../tracker/tracker.fixture.ts'
import { parseChanges } from './commit-changes.ts'
import { createEdits } from './create-edits.ts'

function open() {
  const committed: Change[] = []
  const tracker = {
    ...fakeTracker(),
    commit: (changes: readonly Change[]) => {
      committed.push(...changes)
      return Promise.resolve(ok({ sequence: 1, watched: false }))
    },
  }
  const history = createHistory()
  history.serve('commit', (what) => void committed.push(...parseChanges(what)))
  const toasts = createToasts()
  return { committed, history, toasts, edits: createEdits(tracker, history, toasts) }
}

const notes = (text: string): Change => ({ type: 'setRunNotes', runId: 'a', notes: text })

it('takes back a whole editing of notes at once, and one after the other', () => {
  const { committed, history, edits } = open()
  const first = edits.writeNotes('a', '')
  for (const text of ['o', 'on', 'one']) first(text)
  edits.writeNotes('a', 'one')('one two')
  expect(committed).toEqual(['o', 'on', 'one', 'one two'].map(notes))
  committed.length = 0
  history.undo()
  history.undo()
  history.redo()
  expect(committed).toEqual([notes('one'), notes(''), notes('one')])
})

it('says no more that a run was removed once that is undone, by the toast or by the history', async () => {
  const { committed, history, toasts, edits } = open()
  await edits.remove('a', 'first')
  expect(toasts.toasts()).toHaveLength(1)
  history.undo()
  expect(toasts.toasts()).toEqual([])
  history.redo()
  await edits.remove('b', 'second')
  toasts.toasts()[0]?.action?.run()
  expect(toasts.toasts()).toEqual([])
  expect(committed.at(-1)).toEqual({ type: 'restoreRuns', runIds: ['b'] })
})
