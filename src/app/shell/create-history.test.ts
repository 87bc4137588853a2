import { describe, expect, it } from 'vitest'
import { createHistory } from './create-history.ts'

function step(label: string, log: string[]) {
  return {
    label,
    undo: () => void log.push(`undo ${label}`),
    redo: () => void log.push(`redo ${label}`),
  }
}

describe('a step that is undone by itself', () => {
  it('is undone once, out of turn, and can be done again', () => {
    const log: string[] = []
    const history = createHistory()
    const undoFirst = history.push(step('first', log))
    history.push(step('second', log))
    undoFirst()
    undoFirst()
    expect(log).toEqual(['undo first'])
    expect(history.undoLabel()).toBe('second')
    history.redo()
    history.undo()
    expect(log).toEqual(['undo first', 'redo first', 'undo first'])
  })

  it('is left alone when it is undone already', () => {
    const log: string[] = []
    const history = createHistory()
    const undo = history.push(step('only', log))
    history.undo()
    undo()
    expect(log).toEqual(['undo only'])
    expect(history.redoLabel()).toBe('only')
  })
})
