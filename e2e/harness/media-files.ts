/** A picture of one colour with a white square in its top left quarter, as a PNG. */
export async function pngOf(width: number, height: number, color: string): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('This browser draws nothing.')
  context.fillStyle = color
  context.fillRect(0, 0, width, height)
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, width / 4, height / 4)
  return bytesOf(await canvas.convertToBlob({ type: 'image/png' }))
}

/** Which class each pixel is of: 0 but for a square of class 1 in the middle. */
export async function maskOf(width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('This browser draws nothing.')
  context.fillStyle = 'rgb(0 0 0)'
  context.fillRect(0, 0, width, height)
  context.fillStyle = 'rgb(1 1 1)'
  context.fillRect(width / 4, height / 4, width / 2, height / 2)
  return bytesOf(await canvas.convertToBlob({ type: 'image/png' }))
}

/** A tone of a second, 8 kHz, 16 bits, one channel. */
export function wavOf(hertz: number): Uint8Array<ArrayBuffer> {
  const rate = 8_000
  const bytes = new Uint8Array(44 + 2 * rate)
  const view = new DataView(bytes.buffer)
  const text = (at: number, letters: string): void => bytes.set(new TextEncoder().encode(letters), at)
  text(0, 'RIFF')
  view.setUint32(4, bytes.length - 8, true)
  text(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, rate, true)
  view.setUint32(28, 2 * rate, true)
  view.setUint16(32, 2, true)
  view.setUint16(34, 16, true)
  text(36, 'data')
  view.setUint32(40, 2 * rate, true)
  for (let at = 0; at < rate; at += 1) {
    view.setInt16(44 + 2 * at, 8_000 * Math.sin((2 * Math.PI * hertz * at) / rate), true)
  }
  return bytes
}

/** Some frames of a canvas, as this browser records them. */
export async function filmOf(color: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; mime: string }> {
  const canvas = document.createElement('canvas')
  canvas.width = 64
  canvas.height = 48
  const context = canvas.getContext('2d')
  const recorder = new MediaRecorder(canvas.captureStream(10), { mimeType: 'video/webm' })
  const parts: Blob[] = []
  recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
  const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }))
  recorder.start()
  for (let frame = 0; frame < 6; frame += 1) {
    if (context !== null) {
      context.fillStyle = frame % 2 === 0 ? color : '#222222'
      context.fillRect(0, 0, 64, 48)
    }
    await new Promise((resolve) => setTimeout(resolve, 80))
  }
  recorder.stop()
  await stopped
  return { bytes: await bytesOf(new Blob(parts)), mime: 'video/webm' }
}

async function bytesOf(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer())
}
