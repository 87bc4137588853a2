import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { err, ok, type Result } from '../../model/result.ts'
import { eachStatistic } from '../../model/series.ts'
import type { SeriesColumns } from '../../protocol/charts-api.ts'
import type { ExportedFile, ExportRequest } from '../../protocol/files-api.ts'
import { trackerError, type TrackerError } from '../../protocol/tracker-error.ts'
import { button, mount, only, settle } from '../../mounted.fixture.ts'
import { artifactOf } from '../artifacts/artifact.fixture.ts'
import { createToasts, ToastContext } from '../shell/create-toasts.ts'
import { downloadFile } from '../shell/download.ts'
import { fakeTracker } from '../tracker/tracker.fixture.ts'
import { TrackerContext } from '../tracker/tracker.ts'
import { ExportDialog } from './export-dialog.tsx'

vi.mock(import('../shell/download.ts'), { spy: true })

const EXPERIMENTS = [
  { id: 'e', name: 'digits', runCount: 2 },
  { id: 'f', name: 'moons', runCount: 1 },
]
const FILE: ExportedFile = { file: new Blob(['1234']), fileName: 'digits.db', runs: 2, points: 30 }

/** One metric of each run. */
function seriesOf(counts: Readonly<Record<string, number>>): SeriesColumns {
  const numbers = Float64Array.from(Object.values(counts))
  const runId = Object.keys(counts)
  return { ...eachStatistic(() => numbers), runId, key: runId.map(() => 'loss') }
}

/** Sharing the experiment “digits”: the run `a` with 10 points and a model, `b` with 20. */
async function openDialog() {
  const asked: ExportRequest[] = []
  let answer: ((outcome: Result<ExportedFile, TrackerError>) => void) | undefined
  const tracker = fakeTracker({
    readSeries: ({ experimentId }) =>
      Promise.resolve(ok(seriesOf(experimentId === 'e' ? { a: 10, b: 20 } : { c: 5 }))),
    readArtifacts: ({ experimentId }) =>
      Promise.resolve(
        ok({
          artifacts: experimentId === 'e' ? [artifactOf(1, { runId: 'a' })] : [],
          policies: [],
          models: [],
          forked: [],
          storedBytes: 10,
        }),
      ),
    measureLogged: ({ runIds }) => Promise.resolve(ok(runIds === null ? 3_000_000 : 1_000_000)),
    cancel: () => Promise.resolve(ok(null)),
    exportFile: (request) => {
      asked.push(request)
      return new Promise((resolve) => (answer = resolve))
    },
  })
  mount(() => (
    <ToastContext.Provider value={createToasts()}>
      <TrackerContext.Provider value={tracker}>
        <ExportDialog
          database="own"
          experiments={EXPERIMENTS}
          experimentId="e"
          choices={[{ text: 'Selected run', runIds: ['b'] }]}
          arrangement={() => ({ views: 2, alerts: 1 })}
          onClose={() => undefined}
        />
      </TrackerContext.Provider>
    </ToastContext.Provider>
  ))
  await settle()
  return {
    asked,
    async end(outcome: Result<ExportedFile, TrackerError>) {
      answer?.(outcome)
      await settle()
    },
  }
}

const size = (): string => only('.export-dialog-size').textContent
const option = (title: string): HTMLInputElement => {
  const label = [...document.querySelectorAll('label')].find(({ textContent }) =>
    textContent.startsWith(title),
  )
  const field = label?.querySelector('input')
  if (field === null || field === undefined) throw new Error(`Nothing to choose is called ${title}`)
  return field
}
async function share(experimentId: string): Promise<void> {
  const select = only<HTMLSelectElement>('select')
  select.value = experimentId
  select.dispatchEvent(new Event('change', { bubbles: true }))
  await settle()
}

describe('the dialog that shares an experiment', () => {
  beforeEach(() => void vi.mocked(downloadFile).mockReset().mockReturnValue(undefined))
  afterEach(() => void vi.mocked(downloadFile).mockReset())

  it('tells how much of what is chosen leaves', async () => {
    await openDialog()
    expect(size()).toContain('2 runs, 30 points')
    option('Selected run').click()
    expect(size()).toContain('1 run, 20 points')
    await share('f')
    expect(size()).toContain('1 run, 5 points')
  })

  it('says about how large the file will be, and whether saved views and alerts go along', async () => {
    await openDialog()
    expect(size()).toContain('about 3.1 MB')
    option('Selected run').click()
    await settle()
    expect(size()).toContain('about 1.1 MB')
    option('All runs').click()
    await settle()
    expect(size()).toContain('With 2 saved views and 1 alert.')
    option('CSV').click()
    expect(size()).toContain('about 3.9 kB')
    expect(size()).toContain('Without 2 saved views and 1 alert, which this format has no place for.')
    await share('f')
    expect(size()).not.toContain('saved view')
  })

  it('asks for artifacts only where there are some that would leave', async () => {
    await openDialog()
    expect(option('Artifacts').checked).toBe(true)
    option('Selected run').click()
    expect(() => option('Artifacts')).toThrow('Nothing to choose')
    option('All runs').click()
    option('Arrow').click()
    expect(() => option('Artifacts')).toThrow('Nothing to choose')
  })

  it('leaves with what was chosen, says what it is, and gives it again', async () => {
    const { asked, end } = await openDialog()
    option('Arrow').click()
    option('Selected run').click()
    button('Download').click()
    expect(asked).toEqual([expect.objectContaining({ experimentId: 'e', runIds: ['b'], format: 'arrow' })])
    await end(ok(FILE))
    expect(downloadFile).toHaveBeenCalledExactlyOnceWith(FILE.file, 'digits.db')
    expect(only('[role=status]').textContent).toMatch(
      /^digits\.db is in your downloads: 2 runs, 30 points, 4 bytes/,
    )
    button('Download again').click()
    expect(downloadFile).toHaveBeenCalledTimes(2)
  })

  it('keeps every choice when it fails, and tries again with it', async () => {
    const { asked, end } = await openDialog()
    option('Artifacts').click()
    option('Selected run').click()
    button('Download').click()
    await end(err(trackerError('storage-full', 'The disk is full.')))
    expect(downloadFile).not.toHaveBeenCalled()
    expect(only('[role=alert]').textContent).toBe('The disk is full.')
    expect(option('Selected run').checked).toBe(true)
    button('Download').click()
    expect(asked[1]).toMatchObject({ experimentId: 'e', artifacts: false, runIds: ['b'], format: 'db' })
    expect({ ...asked[0], jobId: '' }).toEqual({ ...asked[1], jobId: '' })
    expect(asked[1]?.jobId).not.toBe(asked[0]?.jobId)
  })

  it('forgets which runs were chosen where another experiment is', async () => {
    const { asked } = await openDialog()
    option('Selected run').click()
    await share('f')
    expect(document.querySelector('[name=runs]')).toBeNull()
    await share('e')
    expect(option('All runs').checked).toBe(true)
    await share('f')
    button('Download').click()
    expect(asked[0]).toMatchObject({ experimentId: 'f', runIds: null })
  })
})
