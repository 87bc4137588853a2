import type { MediaContent } from '../../model/media-content/media-content.ts'
import type { MediaAddress, MediaReader, ReadMedia } from './media-reader.ts'
import { downloadCsv, downloadFile, safeName, type CsvFor } from '../shell/download.ts'
import { drawingToPng, drawingToSvg } from './drawing-file.ts'
import { toCsv } from './media-csv.ts'
import type { MediaFile, MediaView, Row } from './media-kind.ts'

/** What files of a type are called; what is not named here ends like its type. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'audio/mpeg': 'mp3',
  'audio/x-wav': 'wav',
  'audio/wave': 'wav',
  'audio/mp4': 'm4a',
  'audio/x-m4a': 'm4a',
  'video/quicktime': 'mov',
  'video/x-matroska': 'mkv',
}

/**
 * Hands what an entry holds to the browser's downloads: the file that was `logged`, or its bytes. Answers why not, as a
 * sentence.
 */
export async function downloadMedia(
  reader: MediaReader,
  address: MediaAddress,
  read: ReadMedia | null,
  logged: MediaFile | null,
): Promise<string | null> {
  const name = safeName(`${address.key} step ${address.entry.step}`, 'media')
  if (logged !== null) {
    downloadFile(logged.file, `${name}.${logged.extension}`)
    return null
  }
  const whole = await reader.readFile(address)
  if (!whole.ok) return whole.error
  const isFloats = read !== null && (read.dtype === 'float32' || read.dtype === 'float64')
  if (!isFloats) downloadFile(whole.value, `${name}.bin`)
  else downloadFile(new Blob([npyHead(read), whole.value]), `${name}.npy`)
  return null
}

/** A way to leave with what is drawn. `save` answers why not, as a sentence. */
export interface MediaExport {
  readonly text: string
  save(element: HTMLElement | undefined, title: string): Promise<string | null>
}

/** How a content can be saved besides as it was logged. */
export function exportsOf(content: MediaContent, view: MediaView<MediaContent>): readonly MediaExport[] {
  if (view.form === 'file') return []
  const pictures = [
    { text: 'Save as PNG', save: saveDrawing('png', drawingToPng) },
    { text: 'Save as SVG', save: saveDrawing('svg', drawingToSvg) },
  ]
  const asRows = (text: string, readBy: CsvFor): MediaExport => ({
    text,
    save: async (_, title) => {
      saveCsv(view.rows(content), title, readBy)
      return null
    },
  })
  return [
    ...(view.form === 'drawing' ? pictures : []),
    asRows('Save as CSV', 'programs'),
    asRows('Save for spreadsheets', 'spreadsheets'),
  ]
}

export function saveCsv(rows: readonly Row[], title: string, readBy: CsvFor = 'programs'): void {
  downloadCsv(toCsv(rows), safeName(title, 'media'), readBy)
}

function saveDrawing(
  extension: string,
  toFile: (drawing: HTMLElement, title: string) => Promise<Blob | null>,
): MediaExport['save'] {
  return async (element, title) => {
    const drawing = element?.querySelector<HTMLElement>('[data-drawing]')
    const file = drawing === null || drawing === undefined ? null : await toFile(drawing, title)
    if (file === null) return 'The drawing could not be made a picture.'
    downloadFile(file, `${safeName(title, 'media')}.${extension}`)
    return null
  }
}

/** A file whose type says what it is called. */
export function typedFile({
  file,
  mime,
}: {
  readonly file: Uint8Array<ArrayBuffer>
  readonly mime: string
}): MediaFile {
  const [type = ''] = mime.toLowerCase().split(';')
  return {
    file: new Blob([file], { type: mime }),
    extension: EXTENSIONS[type] ?? safeName(type.slice(type.indexOf('/') + 1), 'media'),
  }
}

/**
 * The head that makes numbers a file of NumPy.
 *
 * Source: numpy.org/doc/stable/reference/generated/numpy.lib.format.html, version 1.0.
 */
function npyHead({ dtype, shape }: Pick<ReadMedia, 'dtype' | 'shape'>): Uint8Array<ArrayBuffer> {
  const sides = shape.length === 1 ? `${shape[0] ?? 0},` : shape.join(', ')
  const text = `{'descr': '<f${dtype === 'float64' ? 8 : 4}', 'fortran_order': False, 'shape': (${sides}), }`
  const length = Math.ceil((10 + text.length + 1) / 64) * 64
  const head = new Uint8Array(length).fill(0x20)
  head.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0])
  new DataView(head.buffer).setUint16(8, length - 10, true)
  head.set(new TextEncoder().encode(text), 10)
  head[length - 1] = 0x0a
  return head
}
