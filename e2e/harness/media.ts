import { connectTracker } from '../../src/client/connect.ts'
import { init, type MediaValue } from '../../src/client/index.ts'
import { audio, histogram, image, table, video, type FrameLike } from '../../src/media/index.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import type { ImageMeta } from '../../src/model/media-content/image-content.ts'

/** What was stored under one key, or why it was refused. */
export interface StoredMedia {
  readonly kind?: string
  readonly meta?: unknown
  /** How many bytes it takes. */
  readonly bytes?: number
  readonly refused?: string
}

/** The first pixel of pictures as [red, green, blue, alpha], of the other kinds what a browser makes of the file. */
export interface ShownMedia extends StoredMedia {
  readonly shown?: unknown
}

const SIZE = 16

/** A canvas of one colour. */
function canvasOf(color: string, size = SIZE): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = size
  canvas.height = size
  paint(canvas, color)
  return canvas
}

function paint(canvas: HTMLCanvasElement | OffscreenCanvas, color: string): void {
  const context = canvas.getContext('2d') as CanvasRenderingContext2D
  context.fillStyle = color
  context.fillRect(0, 0, canvas.width, canvas.height)
}

async function fileOf(canvas: HTMLCanvasElement, mime: string): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob === null ? reject(new Error(mime)) : resolve(blob)), mime),
  )
}

async function elementOf(blob: Blob): Promise<HTMLImageElement> {
  const element = new Image()
  element.src = URL.createObjectURL(blob)
  await element.decode()
  return element
}

/** Logs a picture of every source, all of one colour, and draws over those that can be drawn over at once. */
export async function logPictures(): Promise<Record<string, ShownMedia>> {
  const canvas = canvasOf('#ff8000')
  const offscreen = new OffscreenCanvas(SIZE, SIZE)
  paint(offscreen, '#ff8000')
  const png = await fileOf(canvas, 'image/png')
  const gpu = webglCanvas()
  const values: Record<string, MediaValue> = {
    canvas: image(canvas),
    offscreen: image(offscreen),
    webgl: image(gpu),
    bitmap: image(await createImageBitmap(canvas)),
    imageData: image(pixelsOf(canvas)),
    element: image(await elementOf(png)),
    png: image(png),
    jpeg: image(await fileOf(canvas, 'image/jpeg')),
    webp: image(canvas, { mime: 'image/webp', quality: 1 }),
    pixelsAsJpeg: image(pixelsOf(canvas), { mime: 'image/jpeg', quality: 1 }),
  }
  paint(canvas, '#000000')
  paint(offscreen, '#000000')
  return logAndRead('pictures', values)
}

function pixelsOf(canvas: HTMLCanvasElement): ImageData {
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no 2d context')
  return context.getImageData(0, 0, canvas.width, canvas.height)
}

function webglCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = SIZE
  canvas.height = SIZE
  const gl = canvas.getContext('webgl')
  gl?.clearColor(1, 128 / 255, 0, 1)
  gl?.clear(gl.COLOR_BUFFER_BIT)
  return canvas
}

/** Logs what is no picture, sound or film. */
export async function logDamaged(): Promise<Record<string, StoredMedia>> {
  const png = new Uint8Array(await (await fileOf(canvasOf('red', 64), 'image/png')).arrayBuffer())
  const half = png.subarray(0, png.length / 2)
  const garbled = png.map((byte, at) => (at > 40 ? byte ^ 0xff : byte))
  const closed = await createImageBitmap(canvasOf('red'))
  closed.close()
  return logAndRead('damaged', {
    cut: image(new Blob([half])),
    garbled: image(new Blob([garbled])),
    svg: image(new Blob(['<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'])),
    text: image(new Blob(['<img src=x onerror=alert(1)>'], { type: 'image/png' })),
    empty: image(canvasOf('red', 0)),
    closed: image(closed),
    unloaded: image(new Image()),
    film: video(new Blob(['no film'])),
    frames: video([canvasOf('red', 8), canvasOf('red', 16)]),
    sound: audio(new Blob(['no sound'])),
  })
}

/** Logs a film of canvases, one of pixels, and a sound. */
export async function logFilms(): Promise<Record<string, ShownMedia>> {
  const canvases = Array.from({ length: 20 }, (_, frame) => canvasOf(frame < 10 ? '#ff0000' : '#0000ff', 64))
  const pixels: FrameLike[] = Array.from({ length: 3 }, () => ({
    data: new Float32Array(33 * 17).fill(1),
    width: 33,
    height: 17,
  }))
  const tone = Float32Array.from({ length: 8_000 }, (_, at) => Math.sin((at * Math.PI * 880) / 8_000))
  return logAndRead('films', {
    canvases: video(canvases, { fps: 10 }),
    pixels: video(pixels, { fps: 5, caption: 'odd' }),
    tone: audio(tone, { sampleRate: 8_000 }),
    table: table([{ n: 1, picture: image(canvasOf('#ff8000')) }]),
  })
}

async function logAndRead(
  name: string,
  values: Record<string, MediaValue>,
): Promise<Record<string, ShownMedia>> {
  const run = init({ experiment: 'media', name })
  run.log(values)
  const outcome = await run.finish()
  if (!outcome.ok) throw new Error(outcome.error.message)
  const entries = Object.keys(values).map(async (key) => [key, await readBack(run.id, key)] as const)
  return Object.fromEntries(await Promise.all(entries))
}

/** What is stored under a key of a run, and how this browser shows it. */
export async function readBack(runId: string, key: string): Promise<ShownMedia> {
  const stored = await readLast(runId, key)
  if (stored === null) {
    const detail = await connectTracker().api.readRun({ database: OWN_DATABASE, runId })
    const refusal = detail.ok ? detail.value.refusals.find((one) => one.key === key) : undefined
    return { refused: `${refusal?.reason ?? 'lost'}: ${refusal?.example ?? ''}` }
  }
  const { kind, meta, bytes } = stored
  return { kind, meta, bytes: bytes.length, shown: await show(kind, meta, bytes) }
}

interface LastMedia {
  readonly kind: string
  readonly meta: unknown
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly total: number
}

/** The last array of a key; null when there is none. */
export async function readLast(runId: string, key: string): Promise<LastMedia | null> {
  const { api } = connectTracker()
  const ask = { database: OWN_DATABASE, runId, key, from: 0, limit: 10_000 }
  const arrays = await api.readArrays(ask)
  if (!arrays.ok) throw new Error(arrays.error.message)
  const { total, id } = arrays.value
  const last = id.at(-1)
  if (last === undefined) return null
  const read = await api.readArray({ database: OWN_DATABASE, id: last })
  if (!read.ok) throw new Error(read.error.message)
  const { media, start } = read.value
  if (media === null) return null
  return { kind: media.kind, meta: JSON.parse(media.meta), bytes: new Uint8Array(start), total }
}

async function show(kind: string, meta: unknown, bytes: Uint8Array<ArrayBuffer>): Promise<unknown> {
  const { mime } = meta as ImageMeta
  const blob = new Blob([bytes], { type: mime })
  if (kind === 'image') return firstPixel(blob)
  if (kind === 'video') return filmOf(blob)
  if (kind === 'audio') return soundOf(bytes)
  return undefined
}

export async function firstPixel(blob: Blob): Promise<readonly number[]> {
  const bitmap = await createImageBitmap(blob)
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  const context = canvas.getContext('2d')
  context?.drawImage(bitmap, 0, 0)
  return [...(context?.getImageData(0, 0, 1, 1).data ?? [])]
}

/** Its size, and whether red or blue is stronger near its end. */
async function filmOf(blob: Blob): Promise<unknown> {
  const element = document.createElement('video')
  element.muted = true
  element.src = URL.createObjectURL(blob)
  await once(element, 'loadeddata')
  const { videoWidth, videoHeight, duration } = element
  element.currentTime = duration * 0.9
  await once(element, 'seeked')
  const canvas = canvasOf('black')
  canvas.getContext('2d')?.drawImage(element, 0, 0)
  const [red = 0, , blue = 0] = pixelsOf(canvas).data
  return { videoWidth, videoHeight, endsRed: red > blue }
}

async function soundOf(bytes: Uint8Array<ArrayBuffer>): Promise<unknown> {
  const context = new OfflineAudioContext(1, 1, 8_000)
  const { duration, numberOfChannels } = await context.decodeAudioData(bytes.slice().buffer)
  return { duration, numberOfChannels }
}

function once(target: HTMLMediaElement, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    target.addEventListener(name, () => resolve(), { once: true })
    target.addEventListener('error', () => reject(new Error(target.error?.message)), { once: true })
  })
}

/** Logs pictures from a worker, whose encoder is a worker of its own. */
export async function logInWorker(): Promise<Record<string, ShownMedia>> {
  const training = new Worker(new URL('./log-media.worker.ts', import.meta.url), { type: 'module' })
  const runId = await new Promise<string>((resolve) => {
    training.addEventListener('message', ({ data }: MessageEvent<string>) => resolve(data))
  })
  training.terminate()
  return { canvas: await readBack(runId, 'canvas'), pixels: await readBack(runId, 'pixels') }
}

/** Logs a picture of another site, by itself and drawn on a canvas. */
export async function logForeign(url: string): Promise<Record<string, ShownMedia>> {
  const element = new Image()
  element.src = url
  await element.decode()
  const canvas = canvasOf('black')
  canvas.getContext('2d')?.drawImage(element, 0, 0)
  return logAndRead('foreign', { element: image(element), canvas: image(canvas) })
}

/** Logs what a playing film shows. */
export async function logFrame(): Promise<Record<string, ShownMedia>> {
  const run = init({ experiment: 'media', name: 'film' })
  run.log({ film: video([canvasOf('#0000ff', 32), canvasOf('#0000ff', 32)]) })
  await run.flush()
  const film = await readLast(run.id, 'film')
  const element = document.createElement('video')
  element.src = URL.createObjectURL(new Blob([film?.bytes ?? new Uint8Array()], { type: 'video/webm' }))
  const early = image(element)
  element.muted = true
  element.loop = true
  document.body.append(element)
  await element.play()
  await new Promise((resolve) => {
    element.requestVideoFrameCallback(resolve)
  })
  return logAndRead('frame', { early, frame: image(element) })
}

/** Logs pictures of each of some runs under one key, so many at each of two steps. */
export async function logBatches(runs: number, pictures: number): Promise<void> {
  for (let index = 0; index < runs; index += 1) {
    const run = init({ experiment: 'batches', name: `run ${index}` })
    for (const step of [0, 10])
      for (let place = 0; place < pictures; place += 1)
        run.log({ samples: image(canvasOf(`hsl(${(place * 360) / pictures} 80% ${20 + step}%)`)) }, { step })
    await run.finish()
  }
}

/** Logs for each factor a run `×factor` with a ramp of numbers times it, as a picture and as a histogram, at steps 0 and 10. */
export async function logScaled(factors: readonly number[]): Promise<void> {
  for (const factor of factors) {
    const run = init({ experiment: 'scaled', name: `×${factor}` })
    for (const step of [0, 10]) {
      const data = Float32Array.from({ length: SIZE * SIZE }, (_, at) => (factor * at) / (SIZE * SIZE - 1))
      run.log(
        { ramp: image({ data, width: SIZE, height: SIZE, channels: 1 }), weights: histogram(data) },
        { step },
      )
    }
    await run.finish()
  }
}
