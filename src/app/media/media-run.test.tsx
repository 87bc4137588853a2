import { createSignal } from 'solid-js'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { err, ok } from '../../model/result.ts'
import type { MediaContent } from '../../model/media-content/media-content.ts'
import type { MediaKind, MediaNote } from '../../model/media.ts'
import { button, mount, only, settle } from '../../mounted.fixture.ts'
import { createToasts, ToastContext } from '../shell/create-toasts.ts'
import { fakeTracker } from '../tracker/tracker.fixture.ts'
import type { RunRow } from '../experiment/create-runs.ts'
import { createMediaReader, type MediaReader } from './media-reader.ts'
import { MediaRun } from './media-run.tsx'
import type { MediaEntry } from './media-steps.ts'

const RUN: RunRow = {
  label: 'first',
  id: 'a',
  name: 'first',
  status: 'finished',
  startedAt: 0,
  endedAt: 1,
  color: null,
  refusedCount: 0,
  paramChanges: null,
  style: { color: 'series-1', stroke: 0 },
}
const TEXT = { kind: 'text', meta: '{"format":"plain"}' } as const

/** The entries at the steps 10, 20, … */
function entriesOf(count: number, bytes = 4): readonly MediaEntry[] {
  return Array.from({ length: count }, (_, place) => ({
    id: place + 1,
    place,
    step: (place + 1) * 10,
    time: 0,
    bytes,
  }))
}

/** What a run has at its steps, the first of which is shown; `turnTo` another place. */
function show(reader: MediaReader, entries: readonly MediaEntry[]) {
  const [place, turnTo] = createSignal(0)
  const toasts = createToasts()
  mount(() => {
    const entry = (): MediaEntry => entries[place()] ?? { id: 0, place: 0, step: 0, time: 0, bytes: 0 }
    return (
      <ToastContext.Provider value={toasts}>
        <MediaRun
          mediaKey="words"
          run={RUN}
          reader={reader}
          entries={entries}
          shown={{ entry: entry(), index: 0, count: 1 }}
          step={entry().step}
          look=""
          hidden={new Set()}
          onToggle={() => undefined}
        />
      </ToastContext.Provider>
    )
  })
  return { turnTo }
}

/** A tracker whose database holds arrays with one note, and gives each when the test does. */
function openReader(note: MediaNote | null) {
  const waiting = new Map<number, (bytes: string) => Promise<void>>()
  const tracker = fakeTracker({
    readArray: ({ id }) =>
      new Promise((resolve) => {
        waiting.set(id, (text) => {
          const start = new TextEncoder().encode(text)
          resolve(ok({ dtype: 'uint8', shape: [start.length], media: note, start }))
          return settle()
        })
      }),
  })
  return {
    reader: createMediaReader(tracker, 'own'),
    /** Of the entry with an id. */
    arrive: (id: number, text: string) => waiting.get(id)?.(text),
    asked: () => [...waiting.keys()],
  }
}

/** A reader of contents that are there at once. */
const readerOf = (contents: readonly MediaContent[]): MediaReader => ({
  read: ({ entry }) => {
    const value = contents[entry.place]
    const content = value === undefined ? err('nothing is there') : ok(value)
    return Promise.resolve(ok({ dtype: 'uint8', shape: [4], note: TEXT, bytes: new Uint8Array(4), content }))
  },
  readFile: () => Promise.resolve(err('It is not read here.')),
})

const body = (): string => only('.media-run-body').textContent
/** A content whose drawing throws. */
const BROKEN: MediaContent = {
  kind: 'text',
  format: 'plain',
  get text(): string {
    throw new Error('This is no text.')
  },
}
const imageOf = (caption: string): MediaContent => ({
  kind: 'image',
  mime: 'image/png',
  file: new Uint8Array(4),
  width: 2,
  height: 2,
  range: null,
  caption,
  boxes: [],
  masks: [],
})
const textOf = (text: string): MediaContent => ({ kind: 'text', format: 'plain', text })

describe('what a run has to look at', () => {
  beforeEach(() => void vi.spyOn(console, 'error').mockReturnValue(undefined))

  it('is empty until its bytes arrive', async () => {
    const entries = entriesOf(1)
    const { reader, arrive } = openReader(TEXT)
    show(reader, entries)
    await settle()
    expect(body()).toBe('')
    await arrive(1, 'late')
    expect(body()).toBe('late')
    expect(only('[role=region]').getAttribute('aria-label')).toBe('words of first, step 10')
  })

  it('stays until the next one is there, and reads none that was passed over meanwhile', async () => {
    const entries = entriesOf(4)
    const { reader, arrive, asked } = openReader(TEXT)
    const { turnTo } = show(reader, entries)
    await settle()
    await arrive(1, '10th')
    for (const place of [1, 2, 3]) {
      turnTo(place)
      await settle()
    }
    expect(body()).toBe('10th')
    await arrive(2, '20th')
    await arrive(4, '40th')
    expect(body()).toBe('40th')
    expect(asked()).toEqual([1, 2, 4])
  })

  it.each<readonly [MediaKind, string, string]>([
    [
      'image',
      '{"mime":"image/svg+xml"}',
      'This image cannot be shown: “image/svg+xml” is no type of image that is shown.',
    ],
    ['audio', '{"mime":"text/html"}', 'This sound cannot be shown: '],
    ['roc', 'no JSON', 'This ROC curve cannot be shown: '],
    ['embedding', '{}', 'This embedding cannot be shown: '],
  ])('says why a kind (%s) cannot be shown', async (kind, meta, words) => {
    const entries = entriesOf(1)
    const { reader, arrive } = openReader({ kind, meta })
    show(reader, entries)
    await settle()
    await arrive(1, 'abcd')
    expect(body()).toContain(words)
    expect(body()).toMatch(/: .+\.$/)
  })

  it('says that a kind is of a later version', async () => {
    const entries = entriesOf(1)
    const { reader, arrive } = openReader(null)
    show(reader, entries)
    await settle()
    await arrive(1, 'abcd')
    expect(body()).toBe('This array cannot be shown: this version of Kymo does not know its kind.')
  })

  it('says what only the browser finds out, until the next one is there', async () => {
    const { turnTo } = show(readerOf([imageOf('first'), imageOf('second')]), entriesOf(2))
    await settle()
    only('img').dispatchEvent(new Event('error'))
    expect(document.querySelector('img')).toBeNull()
    expect(body()).toMatch(/^This text cannot be shown: .+\.$/)
    turnTo(1)
    await settle()
    expect(document.querySelector('img')).not.toBeNull()
    expect(body()).toBe('second')
  })

  it('contains a drawing that throws, and draws the next one', async () => {
    const { turnTo } = show(readerOf([textOf('before'), BROKEN, textOf('after')]), entriesOf(3))
    await settle()
    expect(body()).toBe('before')
    turnTo(1)
    await settle()
    expect(body()).toBe('This text cannot be shown: drawing it failed.')
    expect(only('.media-run-head').textContent).toContain('step 20')
    turnTo(2)
    await settle()
    expect(body()).toBe('after')
  })

  it('leaves as CSV at first where it is a table', async () => {
    const saved: Blob[] = []
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      if (blob instanceof Blob) saved.push(blob)
      return 'blob:test'
    })
    const matrix: MediaContent = {
      kind: 'confusion-matrix',
      title: '',
      labels: ['a', 'b'],
      values: Float64Array.of(1, 2, 3, 4),
      other: 0,
    }
    show(readerOf([matrix]), entriesOf(1))
    await settle()
    button('Download words of first, step 10 as CSV').click()
    await settle()
    expect(await saved[0]?.text()).toBe('actual,a,b\r\na,1,2\r\nb,3,4\r\n')
  })

  it('says that it has nothing yet at an earlier step', () => {
    mount(() => (
      <ToastContext.Provider value={createToasts()}>
        <MediaRun
          mediaKey="words"
          run={RUN}
          reader={readerOf([])}
          entries={entriesOf(1)}
          shown={undefined}
          step={5}
          look=""
          hidden={new Set()}
          onToggle={() => undefined}
        />
      </ToastContext.Provider>
    ))
    expect(body()).toBe('Nothing up to step 5.')
    expect(document.querySelector('button')).toBeNull()
  })
})
