import { createEffect, on } from 'solid-js'
import type { MaskContent } from '../../model/media-content/image-content.ts'
import { useChartColors } from '../chart-colors.ts'
import { parseColor } from '../parse-color.ts'
import './image-mask-layer.css'

interface ImageMaskLayerProps {
  readonly mask: MaskContent
  /** Numbers of classes that are not drawn. */
  readonly hidden: ReadonlySet<number>
  /** The token of the colour of a class. */
  colorOf(name: string): string
  onProblem(reason: string): void
}

/** Larger masks are not painted: four bytes for each pixel. Unit: pixels. */
const MAX_PIXELS = 2 ** 24
/** Of 255. */
const OPACITY = 140

/** The classes of a mask as colours over an image. */
export function ImageMaskLayer(props: ImageMaskLayerProps) {
  const colors = useChartColors()
  let canvas: HTMLCanvasElement | undefined
  let latest = 0

  async function paint(): Promise<void> {
    const turn = (latest += 1)
    const { mask, hidden } = props
    const plain = colors()
    const inks = new Map(
      [...mask.classes].map(
        ([number, name]) => [number, parseColor(plain.series(props.colorOf(name)))] as const,
      ),
    )
    const bitmap = await decode(mask)
    if (turn !== latest || canvas === undefined) return bitmap?.close()
    if (bitmap === null || bitmap.width * bitmap.height > MAX_PIXELS) {
      bitmap?.close()
      props.onProblem('a mask of it cannot be read')
      return
    }
    canvas.width = bitmap.width
    canvas.height = bitmap.height
    const context = canvas.getContext('2d', { willReadFrequently: true })
    context?.drawImage(bitmap, 0, 0)
    bitmap.close()
    const picture = context?.getImageData(0, 0, canvas.width, canvas.height)
    if (picture === undefined) return
    const { data } = picture
    for (let at = 0; at < data.length; at += 4) {
      const number = data[at] ?? 0
      const [red, green, blue] = inks.get(number) ?? [0, 0, 0]
      const isDrawn = number !== 0 && inks.has(number) && !hidden.has(number)
      data[at] = red
      data[at + 1] = green
      data[at + 2] = blue
      data[at + 3] = isDrawn ? OPACITY : 0
    }
    context?.putImageData(picture, 0, 0)
  }

  createEffect(
    on([() => props.mask, () => [...props.hidden].join(), colors], () => {
      void paint()
    }),
  )
  return <canvas class="image-mask-layer" ref={(element) => (canvas = element)} aria-hidden="true" />
}

/** The numbers as they are: no profile of a screen, no transparency in them. Null for bytes that are no picture. */
async function decode({ png }: MaskContent): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(new Blob([png], { type: 'image/png' }), {
      colorSpaceConversion: 'none',
      premultiplyAlpha: 'none',
    })
  } catch {
    return null
  }
}
