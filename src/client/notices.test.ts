// oxlint-disable unicorn/require-post-message-target-origin -- a BroadcastChannel takes no target origin
import { afterEach, describe, expect, it } from 'vitest'
import type { TrackerEvent } from '../protocol/tracker-event.ts'
import { NOTICE_CHANNEL } from '../protocol/version.ts'
import { isTrackerEvent, onTrackerEvent } from './notices.ts'

let stop = () => {}
afterEach(() => stop())

describe('notices', () => {
  it('hears events and nothing else', async () => {
    const sender = new BroadcastChannel(NOTICE_CHANNEL)
    const heard: TrackerEvent[] = []
    const last = new Promise<void>((resolve) => {
      stop = onTrackerEvent((event) => {
        heard.push(event)
        if (event.type === 'filesChanged') resolve()
      })
    })
    sender.postMessage({ type: 'seriesGrew', database: 'own', runIds: [1] })
    sender.postMessage('hello')
    sender.postMessage({ type: 'seriesGrew', database: 'own', runIds: ['a'] })
    sender.postMessage({ type: 'filesChanged' })
    await last
    sender.close()
    expect(heard).toEqual([{ type: 'seriesGrew', database: 'own', runIds: ['a'] }, { type: 'filesChanged' }])
  })

  it('looks at every field of an event', () => {
    const progress = { type: 'jobProgressed', jobId: 'j', done: 1, total: 0, unit: 'points' }
    expect(isTrackerEvent(progress)).toBe(true)
    for (const key of Object.keys(progress)) {
      expect(isTrackerEvent({ ...progress, [key]: undefined })).toBe(false)
    }
    for (const value of [null, [], 7, { type: 'runsChanged', database: 'own' }, { type: 'constructor' }]) {
      expect(isTrackerEvent(value)).toBe(false)
    }
  })
})
