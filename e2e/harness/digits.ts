import { parseDigits } from '../../src/demo/digits-file.ts'

/** The handwritten digits, 64 pixels each, as the demo reads them. */
export async function fetchDigits(): Promise<{ images: Float32Array; labels: Int32Array }> {
  const response = await fetch('../data/digits.bin')
  const rows = parseDigits(new Uint8Array(await response.arrayBuffer()))
  if (!rows.ok) throw new Error(rows.error)
  return { images: rows.value.features, labels: rows.value.labels }
}
