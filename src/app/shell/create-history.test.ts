import { describe, expect, it } from 'vitest'
import { createHistory, type Step, type Steps } from './create-history.ts'
import { parseSteps, printSteps } from './remembered-history.ts'

function step(label: string): Step {
  return {
    label,
    undo: { type: 'view', what: `undo ${label}` },
    redo: { type: 'view', what: `redo ${label}` },
  }
}

/** A history that notes what it does. */
function openHistory(kept?: Steps) {
  const log: string[] = []
  const history = createHistory(kept)
  history.serve('view', (what) => void log.push(what))
  return { history, log }
}

describe('a step that is undone by itself', () => {
  it('is undone once, out of turn, and can be done again', () => {
    const { history, log } = openHistory()
    const undoFirst = history.push(step('first'))
    history.push(step('second'))
    undoFirst()
    undoFirst()
    expect(log).toEqual(['undo first'])
    expect(history.undoLabel()).toBe('second')
    history.redo()
    history.undo()
    expect(log).toEqual(['undo first', 'redo first', 'undo first'])
  })

  it('is left alone when it is undone already', () => {
    const { history, log } = openHistory()
    const undo = history.push(step('only'))
    history.undo()
    undo()
    expect(log).toEqual(['undo only'])
    expect(history.redoLabel()).toBe('only')
  })
})

describe('an editing of a text', () => {
  it('is one step, however long it takes, and the next one is another', () => {
    let time = 0
    const log: string[] = []
    const history = createHistory(undefined, () => time)
    history.serve('view', (what) => void log.push(what))
    for (const [label, editing] of [
      ['a', 'first'],
      ['b', 'first'],
      ['c', 'second'],
    ] as const) {
      history.push({ ...step(label), editing })
      time += 60_000
    }
    history.undo()
    history.undo()
    expect(log).toEqual(['undo c', 'undo a'])
    expect(history.undoLabel()).toBeNull()
  })
})

it('tells whoever pushed a step that it was undone, whichever way', () => {
  const { history } = openHistory()
  const heard: string[] = []
  const undoFirst = history.push(step('first'), () => heard.push('first'))
  history.push(step('second'), () => heard.push('second'))
  undoFirst()
  history.undo()
  expect(heard).toEqual(['first', 'second'])
})

describe('a history that is kept', () => {
  it('goes on where it was, back and forth', () => {
    const before = openHistory().history
    before.push(step('first'))
    before.push(step('second'))
    before.undo()
    const { history, log } = openHistory(parseSteps(printSteps(before.steps())))
    expect([history.undoLabel(), history.redoLabel()]).toEqual(['first', 'second'])
    history.redo()
    history.undo()
    history.undo()
    expect(log).toEqual(['redo second', 'undo second', 'undo first'])
  })

  it('forgets its oldest steps where it would be too long, and what is none of ours', () => {
    const long = { ...step('long'), undo: { type: 'view', what: 'x'.repeat(400_000) } } as const
    const kept = parseSteps(printSteps({ done: [step('old'), long, long], undone: [] }))
    expect(kept.done.map(({ label }) => label)).toEqual(['long'])
    for (const text of [
      '',
      'null',
      '{"done":3}',
      '{"done":[{"label":"a"}]}',
      '{"done":[{"label":1,"undo":{},"redo":{}}]}',
    ])
      expect(parseSteps(text)).toEqual({ done: [], undone: [] })
  })
})
