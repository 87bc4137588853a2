import { describe, expect, it } from 'vitest'
import { openWorkshop, runStart, unwrap, type Workshop } from '../../store-suite/workshop.fixture.ts'
import { crc32c, maskedCrc32c } from './crc32c.ts'
import {
  bytesOf,
  doubleOf,
  readFiles,
  readMessage,
  stringOf,
  valuesOf,
  type Message,
} from './read.fixture.ts'

const STARTED_AT = 1_700_000_000_000

/** What a plugin is told by the value of a tag. */
function contentOf(
  events: readonly Message[],
  tag: string,
): { plugin: string; content: Message; value: Message } {
  const found = valuesOf(events).find(({ value }) => stringOf(value, 1) === tag)
  const value = found?.value ?? new Map()
  const plugin = readMessage(bytesOf(readMessage(bytesOf(value, 9)), 1))
  return { plugin: stringOf(plugin, 1), content: readMessage(bytesOf(plugin, 2)), value }
}

/** A google.protobuf.Value. */
function plain(value: Message): unknown {
  if (value.has(2)) return doubleOf(value, 2)
  return value.has(4) ? value.get(4)?.[0] === 1n : stringOf(value, 3)
}

async function exportRuns(workshop: Workshop, experimentId: string | null = null) {
  const request = { jobId: 'e', database: 'own', experimentId, runIds: null, format: 'tensorboard' } as const
  return readFiles(unwrap(await workshop.service.exportFile(request)).file)
}

describe('a zip of event files', () => {
  it('begins as TensorBoard does, in a folder for each run', async () => {
    const workshop = await openWorkshop()
    await workshop.commit([
      runStart('a', { name: 'try' }),
      runStart('b', { name: 'Try' }),
      runStart('../c', { name: '../try' }),
    ])
    const files = await exportRuns(workshop, 'experiment-1')
    expect([...files.keys()]).toEqual([
      'try/events.out.tfevents.1700000000.a.0.0.v2',
      'Try-2/events.out.tfevents.1700000000.b.0.0.v2',
      'try-3/events.out.tfevents.1700000000.c.0.0.v2',
    ])
    for (const [first] of files.values()) {
      expect(first && [doubleOf(first, 1), stringOf(first, 3)]).toEqual([STARTED_AT / 1000, 'brain.Event:2'])
    }
  })

  it('has a folder for each experiment where there are several', async () => {
    const workshop = await openWorkshop()
    await workshop.commit([
      runStart('a', { name: 'x' }),
      runStart('b', { name: 'x', experiment: { name: 'digits', id: 'experiment-2' } }),
    ])
    const folders = [...(await exportRuns(workshop)).keys()].map((path) =>
      path.split('/').slice(0, -1).join('/'),
    )
    expect(folders).toEqual(['digits/x', 'digits-2/x'])
  })

  it('tells the plugin hparams what a run began with, and how it ended', async () => {
    const workshop = await openWorkshop()
    const params = { lr: 0.1, opt: { name: 'adam', nesterov: false }, layers: [1, 2], none: null }
    await workshop.commit([
      runStart('a', { params }),
      runStart('b', { params }),
      runStart('c'),
      { type: 'endRun', runId: 'a', status: 'failed', endedAt: STARTED_AT + 1500 },
    ])
    const [a = [], b = [], c = []] = (await exportRuns(workshop)).values()
    const start = contentOf(a, '_hparams_/session_start_info')
    expect([start.plugin, doubleOf(readMessage(bytesOf(start.content, 3)), 5)]).toEqual([
      'hparams',
      STARTED_AT / 1000,
    ])
    const hparams = (readMessage(bytesOf(start.content, 3)).get(1) ?? []).map((entry) => {
      const pair = readMessage(entry as Uint8Array)
      return [stringOf(pair, 1), plain(readMessage(bytesOf(pair, 2)))]
    })
    expect(Object.fromEntries(hparams)).toEqual({
      lr: 0.1,
      'opt.name': 'adam',
      'opt.nesterov': false,
      layers: '[1,2]',
    })
    const end = readMessage(bytesOf(contentOf(a, '_hparams_/session_end_info').content, 4))
    expect([end.get(1), doubleOf(end, 2)]).toEqual([[2n], (STARTED_AT + 1500) / 1000])
    const running = readMessage(bytesOf(contentOf(b, '_hparams_/session_end_info').content, 4))
    expect([running.get(1), running.has(2)]).toEqual([[3n], false])
    expect(c).toHaveLength(1)
  })

  it('has notes as text, under a tag that is no metric', async () => {
    const workshop = await openWorkshop()
    await workshop.commit([runStart('a', { notes: '# why' })], {
      a: { notes: [{ step: 0, value: 1, time: 0 }] },
    })
    const [events = []] = (await exportRuns(workshop)).values()
    const { plugin, value } = contentOf(events, 'notes_')
    expect([plugin, stringOf(readMessage(bytesOf(value, 8)), 8)]).toEqual(['text', '# why'])
  })

  it('rounds steps to int64, and values to 32 bits', async () => {
    const workshop = await openWorkshop()
    const steps = [0.4, -0.4, 2.5, -2.6, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 128]
    await workshop.commit([runStart('a')], {
      a: { loss: steps.map((step) => ({ step, value: 0.1, time: 0 })) },
    })
    const [events = []] = (await exportRuns(workshop)).values()
    const scalars = valuesOf(events)
    expect(scalars.map(({ event }) => event.get(2)?.[0])).toEqual([
      0n,
      0n,
      3n,
      -3n,
      9_007_199_254_740_991n,
      -9_007_199_254_740_991n,
      128n,
    ])
    const bytes = bytesOf(scalars[0]?.value ?? new Map(), 2)
    expect(new Float32Array(bytes.slice().buffer)).toEqual(Float32Array.of(0.1))
  })
})

it('sums as RFC 3720 has it, masked as TensorBoard does', () => {
  const digits = new TextEncoder().encode('123456789')
  expect([crc32c(digits), maskedCrc32c(digits)]).toEqual([0xe3_06_92_83, 0xc7_8a_b0_e5])
  expect(crc32c(new Uint8Array(32))).toBe(0x8a_91_36_aa)
})
