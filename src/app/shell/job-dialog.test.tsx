import { createSignal } from 'solid-js'
import { describe, expect, it, vi } from 'vitest'
import { err, ok, type Result } from '../../model/result.ts'
import { trackerError, type TrackerError } from '../../protocol/tracker-error.ts'
import { button, mount, only, press, settle, type } from '../../mounted.fixture.ts'
import { createJob } from '../tracker/create-job.ts'
import { fakeTracker } from '../tracker/tracker.fixture.ts'
import { JobDialog, type JobWords } from './job-dialog.tsx'
import { progressWords } from './progress-words.ts'

const WORDS: JobWords = {
  label: 'Copying',
  stop: 'Cancel',
  progress: (progress) => (progress === null ? 'Looking' : progressWords(progress)),
}

/** A dialog that asks for a name and copies under it; the test ends its work. */
function openDialog(words: JobWords = WORDS) {
  const tracker = fakeTracker({ cancel: () => Promise.resolve(ok(null)) })
  const works: { readonly id: string; end(outcome: Result<number, TrackerError>): Promise<void> }[] = []
  const onClose = vi.fn<() => void>()
  mount(() => {
    const job = createJob<number>(tracker)
    const [name, setName] = createSignal('')
    const start = () =>
      job.start(
        (id) =>
          new Promise((resolve) => {
            const end = (outcome: Result<number, TrackerError>) => {
              resolve(outcome)
              return settle()
            }
            works.push({ id, end })
          }),
      )
    return (
      <JobDialog
        title="Copy"
        job={job}
        words={words}
        onClose={onClose}
        done={(count) => <p role="status">{count()} runs were copied.</p>}
        more={(count) => <button type="button">Open all {count()}</button>}
        actions={
          <button type="button" onClick={() => void start()}>
            Copy it
          </button>
        }
      >
        <input aria-label="Name" value={name()} onInput={(event) => setName(event.currentTarget.value)} />
      </JobDialog>
    )
  })
  /** Announces how far the last work is. */
  const progress = (done: number, total: number, jobId = works.at(-1)?.id ?? '') =>
    tracker.emit({ type: 'jobProgressed', jobId, done, total, unit: 'bytes' })
  const cancelled = () => tracker.asked.flatMap(([name, id]) => (name === 'cancel' ? [id] : []))
  return { works, progress, cancelled, onClose }
}

const words = (): string => only('dialog').textContent
const bar = (): HTMLElement => only('[role=progressbar]')

describe('the dialog of a job', () => {
  it('asks first, then shows how far it is of how much', () => {
    const { progress } = openDialog()
    expect(document.querySelector('[role=progressbar]')).toBeNull()
    button('Copy it').click()
    expect(document.querySelector('[aria-label=Name]')).toBeNull()
    expect(words()).toContain('Looking')
    expect(bar().getAttribute('aria-valuenow')).toBeNull()
    progress(1_000, 4_000)
    expect(words()).toContain('1 kB of 4 kB')
    expect([bar().getAttribute('aria-label'), bar().getAttribute('aria-valuenow')]).toEqual(['Copying', '25'])
    progress(4_000, 4_000, 'another job')
    expect(bar().getAttribute('aria-valuenow')).toBe('25')
  })

  it('tells what came of it and offers to leave', async () => {
    const { works, onClose } = openDialog()
    button('Copy it').click()
    await works[0]?.end(ok(3))
    expect(only('[role=status]').textContent).toBe('3 runs were copied.')
    expect(button('Open all 3').isConnected).toBe(true)
    button('Done').click()
    expect(onClose).toHaveBeenCalledOnce()
  })

  it('cancels once, says so, and asks again with what was typed', async () => {
    const { works, cancelled } = openDialog()
    type(only<HTMLInputElement>('[aria-label=Name]'), 'second')
    button('Copy it').click()
    const [work] = works
    button('Cancel').click()
    expect(button('Cancelling').disabled).toBe(true)
    expect(cancelled()).toEqual([work?.id])
    await work?.end(err(trackerError('cancelled', 'It was cancelled.')))
    expect(document.querySelector('[role=alert]')).toBeNull()
    expect(only<HTMLInputElement>('[aria-label=Name]').value).toBe('second')
    expect(cancelled()).toHaveLength(1)
  })

  it('says “Stop” of what is kept as far as it came', () => {
    openDialog({ ...WORDS, stop: 'Stop' })
    button('Copy it').click()
    button('Stop').click()
    expect(button('Stopping').disabled).toBe(true)
  })

  it('says why it failed, keeps what was typed, and can be tried again', async () => {
    const { works } = openDialog()
    type(only<HTMLInputElement>('[aria-label=Name]'), 'second')
    button('Copy it').click()
    await works[0]?.end(err(trackerError('storage-full', 'The disk is full.')))
    expect(only('[role=alert]').textContent).toBe('The disk is full.')
    expect(only<HTMLInputElement>('[aria-label=Name]').value).toBe('second')
    button('Copy it').click()
    expect(document.querySelector('[role=alert]')).toBeNull()
    expect(works).toHaveLength(2)
    await works[1]?.end(ok(1))
    expect(words()).toContain('1 runs were copied.')
  })

  it('closes on Escape', async () => {
    const { onClose } = openDialog()
    press('Escape')
    await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce())
  })
})
