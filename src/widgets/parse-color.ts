/** Red, green and blue, 0 to 255 each. */
export type Rgb = readonly [number, number, number]

/** Reads a colour as computed styles have it, `rgb(1, 2, 3)`, or as `#rrggbb`; anything else is magenta. */
export function parseColor(color: string): Rgb {
  const hex = /^#([0-9a-f]{6})$/i.exec(color)?.[1]
  if (hex !== undefined) {
    const number = Number.parseInt(hex, 16)
    return [number >> 16, (number >> 8) & 255, number & 255]
  }
  const [red = 255, green = 0, blue = 255] = (color.match(/[\d.]+/g) ?? []).map(Number)
  return [red, green, blue]
}
