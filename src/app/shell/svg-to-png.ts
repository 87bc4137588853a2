interface PngOptions {
  /** Unit: pixels of the picture. */
  readonly width: number
  readonly height: number
  /** What lies behind it; nothing when left out. */
  readonly background?: string
}

/** Paints an SVG file as a PNG file; null where the browser makes none. Errors: a DOMException for what it cannot decode or draw. */
export async function svgToPng(svg: Blob, { width, height, background }: PngOptions): Promise<Blob | null> {
  const url = URL.createObjectURL(svg)
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = width
    canvas.height = height
    const context = canvas.getContext('2d')
    if (context !== null && background !== undefined) {
      context.fillStyle = background
      context.fillRect(0, 0, canvas.width, canvas.height)
    }
    context?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
  } finally {
    URL.revokeObjectURL(url)
  }
}
