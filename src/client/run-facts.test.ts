import { expect, it } from 'vitest'
import type { Change } from '../model/log-batch.ts'
import { bornWith } from '../model/run.ts'
import { createRunFacts } from './run-facts.ts'

function start() {
  const changes: Change[] = []
  const born = bornWith({ id: 'a', name: 'a run', startedAt: 1 })
  const declared = { ...born, experiment: { name: 'test' }, params: { lr: 0.1 }, tags: {} }
  return {
    changes,
    facts: createRunFacts(
      declared,
      (change) => changes.push(change),
      () => 105,
    ),
  }
}

it('says at which step a param was set, and is declared with what it is now', () => {
  const { changes, facts } = start()
  facts.changeParam('lr', 0.03, 0.1, 105)
  expect(changes).toEqual([{ type: 'setParams', runId: 'a', params: { lr: 0.03 }, step: 105 }])
  expect(facts.declaration.params).toEqual({ lr: 0.03 })
})

it('says first what a param was that nobody had said before it was set', () => {
  const { changes, facts } = start()
  facts.changeParam('momentum', 0.5, 0.9, 105)
  facts.changeParam('momentum', 0.6, 0.5, 105)
  expect(changes).toEqual([
    { type: 'setParams', runId: 'a', params: { momentum: 0.9 } },
    { type: 'setParams', runId: 'a', params: { momentum: 0.5 }, step: 105 },
    { type: 'setParams', runId: 'a', params: { momentum: 0.6 }, step: 105 },
  ])
})

it('says at which step the training sets a param anew that was set before, and no step of others', () => {
  const { changes, facts } = start()
  facts.setParams({ lr: 0.2 })
  facts.changeParam('lr', 0.001, 0.2, 40)
  facts.setParams({ lr: 0.003, units: 16 })
  expect(changes.slice(2)).toEqual([
    { type: 'setParams', runId: 'a', params: { units: 16 } },
    { type: 'setParams', runId: 'a', params: { lr: 0.003 }, step: 105 },
  ])
  expect(facts.declaration.params).toEqual({ lr: 0.003, units: 16 })
})
