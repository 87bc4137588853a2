import { connectTracker } from '../../src/client/connect.ts'
import { init, type Run } from '../../src/client/index.ts'
import { toMediaValue } from '../../src/client/media-value.ts'
import {
  audio,
  bars,
  calibration,
  confusionMatrix,
  embedding,
  heatmap,
  histogram,
  html,
  image,
  lines,
  pointCloud,
  markdown,
  prCurve,
  rocCurve,
  scatter,
  table,
  text,
} from '../../src/media/index.ts'
import type { MediaKind } from '../../src/model/media.ts'
import { ok } from '../../src/model/result.ts'
import { MAX_ARRAY_READ_BYTES } from '../../src/protocol/media-api.ts'
import { filmOf, maskOf, pngOf, wavOf } from './media-files.ts'

type Data = Uint8Array | Float32Array | Float64Array

/** Logs an array as a page with any builder would, right or wrong. */
function put(
  run: Run,
  key: string,
  step: number,
  data: Data,
  kind: MediaKind,
  meta: unknown,
  shape = [data.length],
): void {
  const dtype = data instanceof Float64Array ? 'float64' : data instanceof Float32Array ? 'float32' : 'uint8'
  const note = { kind, meta: typeof meta === 'string' ? meta : JSON.stringify(meta) }
  run.log({ [key]: toMediaValue(ok({ data: data.slice(), dtype, shape, media: note })) }, { step })
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const joined = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => Array.from(part)))

const COLORS = ['#c23f78', '#1f78c1', '#1c8a5a']
export const MEDIA_STEPS = [0, 10, 20]

/** A few runs with something of every kind at a few steps; `curves`: numbers too. */
export async function logMedia(experiment: string, runs = 2, curves = true): Promise<readonly string[]> {
  const ids: string[] = []
  for (let index = 0; index < runs; index += 1) {
    const run = init({ experiment, name: `run ${index}` })
    ids.push(run.id)
    for (const step of MEDIA_STEPS) {
      if (curves) run.log({ 'train/loss': 1 / (step + 1) }, { step })
      await putPictures(run, step, COLORS[(index + step / 10) % COLORS.length] ?? '')
      putWords(run, step, index)
      putDrawings(run, step, index)
    }
    await run.finish()
  }
  return ids
}

async function putPictures(run: Run, step: number, color: string): Promise<void> {
  const size = { width: 32, height: 24 }
  const png = await pngOf(size.width, size.height, color)
  const mask = await maskOf(size.width, size.height)
  const meta = { mime: 'image/png', ...size, bytes: png.length }
  put(run, 'samples/image', step, joined(png, mask), 'image', {
    ...meta,
    caption: `a sample of step ${step}`,
    boxes: [{ x: 20, y: 12, width: 10, height: 8, label: 'cat', score: 0.87 }],
    masks: [{ name: 'truth', classes: { 1: 'road' }, bytes: mask.length }],
  })
  for (const hertz of [220, 440]) {
    const wav = wavOf(hertz + step)
    put(run, 'samples/tone', step, wav, 'audio', { mime: 'audio/wav', seconds: 1, caption: `${hertz} Hz` })
  }
  const film = await filmOf(color)
  put(run, 'samples/film', step, film.bytes, 'video', { mime: film.mime, ...size })
  const cells = (from: number) => [
    ['a10', 'a2', 'b <i>1</i>'],
    [0.25, 'NaN', 3],
    [true, false, null],
    [{ kind: 'image', from, bytes: png.length, meta }, null, { kind: 'image', from: 1e9, bytes: 5, meta }],
  ]
  // The place of the picture is a number of ten digits whatever it is, so that it does not move itself.
  const jsonBytes = utf8(JSON.stringify(cells(1_000_000_000))).length
  const json = JSON.stringify(cells(1_000_000_000)).replace('1000000000', String(jsonBytes).padStart(10))
  put(run, 'samples/predictions', step, joined(utf8(json), png), 'table', {
    columns: [
      { name: 'name', type: 'text' },
      { name: 'score', type: 'number' },
      { name: 'right', type: 'boolean' },
      { name: 'picture', type: 'image' },
    ],
    rows: 3,
    jsonBytes,
  })
}

function putWords(run: Run, step: number, index: number): void {
  put(run, 'words/plain', step, utf8(`At step ${step} run ${index} said <b>nothing</b>.`), 'text', {
    format: 'plain',
  })
  put(run, 'words/marked', step, utf8(`# Step ${step}\n\nA *list*:\n\n- one\n- two`), 'text', {
    format: 'markdown',
  })
  put(
    run,
    'words/page',
    step,
    utf8(`<style>h1{color:rgb(1,2,3)}</style><h1>Step ${step}</h1><p>of run ${index}</p>`),
    'html',
    { title: 'A page' },
  )
}

function wave(count: number, at: (part: number) => number): number[] {
  return Array.from({ length: count }, (_, place) => at(count < 2 ? 0 : place / (count - 1)))
}

function putDrawings(run: Run, step: number, index: number): void {
  const edges = wave(21, (part) => 4 * part - 2 + step / 20)
  const counts = wave(20, (part) => Math.round(1_000 * Math.exp(-((part - 0.5) ** 2) * (20 + step))))
  put(run, 'layers/weights', step, Float64Array.of(...edges, ...counts), 'histogram', {
    count: counts.reduce((sum, count) => sum + count, 0) + 3,
    nanCount: 2,
    posInfCount: 1,
    negInfCount: 0,
    min: edges[0],
    max: edges.at(-1),
    mean: 0.01,
  })
  put(
    run,
    'results/confusion',
    step,
    Float64Array.of(8 + step, 2, 0, 1, 9, 1, 0, 3, 7),
    'confusion-matrix',
    { labels: ['cat', 'dog', 'owl'] },
    [3, 3],
  )
  const x = wave(30, (part) => part)
  for (const [kind, at] of [
    ['roc', (part: number) => part ** 0.3],
    ['pr', (part: number) => 1 - part ** 3 / 2],
    ['calibration', (part: number) => part ** 1.3],
    ['lines', (part: number) => Math.sin(6 * part + index)],
  ] as const) {
    const lines = [
      { name: 'cat', count: 30 },
      { name: 'dog', count: 30 },
    ]
    const data = Float64Array.of(...x, ...x.map(at), ...x, ...x.map((part) => at(part) * 0.9))
    put(run, `results/${kind}`, step, data, kind, {
      lines,
      ...(kind === 'lines' ? {} : { scores: [0.875, 0.75] }),
    })
  }
  put(run, 'results/bars', step, Float64Array.of(3, -1, 4 + step), 'bars', {
    labels: ['a', 'b', 'c'],
    yLabel: 'votes',
  })
  const points = wave(120, (part) => part).flatMap((part, point) => [
    Math.cos(9 * part) * part,
    Math.sin(9 * part) * part,
    point % 3,
  ])
  put(
    run,
    'results/scatter',
    step,
    Float64Array.from(points),
    'scatter',
    { classes: ['cat', 'dog', 'owl'] },
    [120, 3],
  )
  put(
    run,
    'results/attention',
    step,
    Float32Array.from(wave(12 * 16, (part) => Math.sin(40 * part))),
    'heat-map',
    { xLabel: 'token' },
    [12, 16],
  )
  const vectors = Array.from({ length: 60 }, (_, point) =>
    wave(8, (part) => (point % 3) * 4 * Math.cos(7 * part + (point % 3)) + Math.sin(point * 1.7 + 20 * part)),
  )
  put(
    run,
    'results/embedding',
    step,
    Float32Array.from(vectors.flat()),
    'embedding',
    {
      labels: vectors.map((_, point) => ['cat', 'dog', 'owl'][point % 3]),
      names: vectors.map((_, point) => `vector ${point}`),
    },
    [60, 8],
  )
  const spiral = wave(200, (part) => part).flatMap((part, point) => [
    Math.cos(12 * part),
    2 * part - 1,
    Math.sin(12 * part + step / 10),
    point % 3,
  ])
  put(
    run,
    'results/cloud',
    step,
    Float32Array.from(spiral),
    'point-cloud',
    { labels: ['cat', 'dog', 'owl'] },
    [200, 4],
  )
}

/** One of each kind as a training makes it, from numbers and words. */
export async function logBuilt(experiment: string): Promise<void> {
  const run = init({ experiment, name: 'built' })
  const random = wave(300, (part) => Math.sin(part * 997) / 2)
  const actual = random.map((value) => (value > 0 ? 1 : 0))
  const scores = random.map((value, at) => 0.5 + value / 2 + 0.2 * Math.sin(at))
  const picture = new ImageData(12, 8)
  picture.data.fill(255)
  run.log({
    image: image(picture, { caption: 'white', boxes: [{ x: 1, y: 1, width: 4, height: 4, label: 'spot' }] }),
    audio: audio(Float32Array.from(random), { sampleRate: 8_000 }),
    text: text('plain words'),
    markdown: markdown('some **marked** words'),
    html: html('<p>a page</p>'),
    table: table([{ n: 1, word: 'one', picture: image(picture) }]),
    histogram: histogram(Float32Array.from(random)),
    confusion: confusionMatrix(actual, actual, { labels: ['no', 'yes'] }),
    roc: rocCurve(actual, scores),
    pr: prCurve(actual, scores),
    calibration: calibration(
      actual,
      scores.map((score) => Math.min(1, Math.max(0, score))),
    ),
    bars: bars({ a: 1, b: 2 }),
    lines: lines({ first: [1, 3, 2] }),
    scatter: scatter(wave(100, (part) => part).map((part) => [part, part ** 2])),
    heat: heatmap([
      [1, 2],
      [3, 4],
    ]),
    cloud: pointCloud(
      wave(50, (part) => part).map((part) => [Math.cos(9 * part), part, Math.sin(9 * part)]),
      { colors: wave(50, (part) => part).map((part) => [Math.round(255 * part), 80, 160]) },
    ),
    embedding: embedding(Array.from({ length: 40 }, (_, at) => random.slice(at, at + 5))),
  })
  await run.finish()
}

/** Metas and bytes that do not fit each other, by key: what a damaged or forged file may hold. */
export async function logCorrupt(experiment: string): Promise<void> {
  const run = init({ experiment, name: 'corrupt' })
  const png = await pngOf(8, 8, '#c23f78')
  const meta = { mime: 'image/png', width: 8, height: 8, bytes: png.length }
  put(run, 'bad/fine', 0, png, 'image', meta)
  put(run, 'bad/json', 0, png, 'image', '{"mime":')
  put(run, 'bad/bytes', 0, png, 'image', { ...meta, bytes: 1e15 })
  put(run, 'bad/size', 0, png, 'image', { ...meta, width: 1e12 })
  put(run, 'bad/pixels', 0, utf8('no picture at all'), 'image', { ...meta, bytes: 17 })
  put(run, 'bad/script', 0, utf8('<svg onload="parent.hacked=1"/>'), 'image', {
    ...meta,
    mime: 'image/svg+xml',
    bytes: 31,
  })
  put(run, 'bad/utf8', 0, Uint8Array.of(0xff, 0xfe, 0xfd), 'text', { format: 'plain' })
  put(run, 'bad/table', 0, utf8('[[1,2],[3]]'), 'table', {
    columns: [
      { name: 'a', type: 'number' },
      { name: 'b', type: 'number' },
    ],
    rows: 2,
    jsonBytes: 11,
  })
  put(run, 'bad/histogram', 0, Float64Array.of(3, 2, 1, 5, 5), 'histogram', { count: 10 })
  put(run, 'bad/lines', 0, Float64Array.of(1, 2), 'roc', { lines: [{ name: 'a', count: 1e9 }] })
  put(run, 'bad/square', 0, Float64Array.of(1, 2), 'confusion-matrix', { labels: ['a'] }, [1, 2])
  put(run, 'bad/bars', 0, Float64Array.of(Number.NaN, Infinity, 1), 'bars', { labels: ['a', 'b'] })
  put(run, 'bad/heat', 0, Float64Array.of(), 'heat-map', {}, [0, 5])
  put(run, 'bad/tone', 0, utf8('silence'), 'audio', { mime: 'text/html' })
  await run.finish()
}

/** Logs one thing as it is told. */
export async function logOne(
  experiment: string,
  key: string,
  kind: MediaKind,
  text: string,
  meta: unknown,
): Promise<void> {
  const run = init({ experiment, name: 'one' })
  put(run, key, 0, utf8(text), kind, meta)
  await run.finish()
}

const live = new Map<string, Run>()

/** A picture a step, of a run that goes on when it is called again. */
export async function logPictures(experiment: string, name: string, steps: readonly number[]): Promise<void> {
  const run = live.get(name) ?? init({ experiment, name })
  live.set(name, run)
  for (const step of steps) {
    const png = await pngOf(8, 8, COLORS[step % COLORS.length] ?? '')
    put(run, 'live/picture', step, png, 'image', {
      mime: 'image/png',
      width: 8,
      height: 8,
      bytes: png.length,
      caption: `picture ${step}`,
    })
  }
  await run.flush()
}

/** The digest of every array that shows something, by run name, key and place. */
export async function readDigests(database: string, experiment: string): Promise<Record<string, string>> {
  const { api } = connectTracker()
  const experiments = await api.readExperiments(database)
  if (!experiments.ok) throw new Error(experiments.error.message)
  const experimentId = experiments.value.find(({ name }) => name === experiment)?.id ?? ''
  const [runs, media] = [
    await api.readRuns({ database, experimentId }),
    await api.readMedia({ database, experimentId, runIds: null }),
  ]
  if (!runs.ok || !media.ok) throw new Error('The runs could not be read.')
  const digests: Record<string, string> = {}
  for (const [index, key] of media.value.key.entries()) {
    const runId = media.value.runId[index] ?? ''
    const name = runs.value.name[runs.value.id.indexOf(runId)] ?? ''
    const found = await api.readArrays({ database, runId, key, from: 0, limit: 100 })
    if (!found.ok) throw new Error(found.error.message)
    for (const [place, id] of found.value.id.entries()) {
      const array = await api.readArray({ database, id })
      if (!array.ok) throw new Error(array.error.message)
      const { media: note, start } = array.value
      const parts: Uint8Array<ArrayBuffer>[] = [start.slice()]
      for (let offset = start.length; offset < (found.value.bytes[place] ?? 0);) {
        const part = await api.readArrayBytes({ database, id, offset, length: MAX_ARRAY_READ_BYTES })
        if (!part.ok) throw new Error(part.error.message)
        parts.push(part.value.slice())
        offset += part.value.length
      }
      const hash = await crypto.subtle.digest('SHA-256', await new Blob(parts).arrayBuffer())
      digests[`${name} ${key} ${place}`] =
        `${note?.kind} ${note?.meta} ${Array.from(new Uint8Array(hash)).join(' ')}`
    }
  }
  return digests
}
