import { afterEach, expect, it } from 'vitest'
import { createUnreadAlerts } from './create-unread-alerts.ts'

const alert = (text: string) => ({ runId: 'a', runName: 'run a', text })
afterEach(() => localStorage.clear())

it('keeps alerts until they are looked at, over a reload too, the newest first', () => {
  const { add, unread } = createUnreadAlerts('e')
  add(alert('loss is NaN'))
  add(alert('loss is 3, above 2'))
  // One that was heard, and is found stored.
  add(alert('loss is NaN'))
  expect(unread().map(({ text }) => text)).toEqual(['loss is 3, above 2', 'loss is NaN'])
  const reloaded = createUnreadAlerts('e')
  expect(reloaded.unread()).toEqual(unread())
  expect(createUnreadAlerts('another').unread()).toEqual([])
  reloaded.clear()
  expect(createUnreadAlerts('e').unread()).toEqual([])
})

it('takes nothing for an alert that is none, and keeps no endless list', () => {
  localStorage.setItem('kymo-alerts:e', '[{"runId":1},null,"x"]')
  expect(createUnreadAlerts('e').unread()).toEqual([])
  localStorage.setItem('kymo-alerts:e', '{')
  const { add, unread } = createUnreadAlerts('e')
  for (let index = 0; index < 80; index += 1) add(alert(`${index}`))
  expect(unread()).toHaveLength(50)
  expect(unread()[0]?.text).toBe('79')
})
