import { createHash } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { PLAIN_DIGEST_BYTES } from '../../src/model/artifact.ts'
import { ARRAY_PART_BYTES } from '../../src/model/log-batch.ts'
import { createDigester, digestOf } from './digests.ts'

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

async function digestIn(bytes: Uint8Array, sliceBytes: number): Promise<string> {
  const digester = createDigester(bytes.length)
  for (let at = 0; at < bytes.length; at += sliceBytes)
    await digester.add(bytes.subarray(at, at + sliceBytes))
  return digester.digest()
}

function bytesOf(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 11)) % 251)
}

test.each(['with crypto.subtle', 'where a page is not secure'])('bytes have one digest %s', async (where) => {
  if (where !== 'with crypto.subtle') vi.stubGlobal('crypto', {})
  try {
    expect(await digestIn(new Uint8Array(0), 1)).toBe(sha256(new Uint8Array(0)).toString('hex'))
    const small = bytesOf(3 * ARRAY_PART_BYTES + 5)
    expect(await digestIn(small, ARRAY_PART_BYTES)).toBe(sha256(small).toString('hex'))
    expect(await digestOf(small)).toBe(sha256(small).toString('hex'))

    const large = bytesOf(PLAIN_DIGEST_BYTES + 3)
    const parts: Buffer[] = []
    for (let at = 0; at < large.length; at += 2 ** 19) parts.push(sha256(large.subarray(at, at + 2 ** 19)))
    const expected = sha256(Buffer.concat(parts)).toString('hex')
    expect(await digestIn(large, ARRAY_PART_BYTES)).toBe(expected)
    expect(await digestIn(large, 4 * ARRAY_PART_BYTES)).toBe(expected)
    const limit = large.subarray(0, PLAIN_DIGEST_BYTES)
    expect(await digestIn(limit, 4 * ARRAY_PART_BYTES)).toBe(sha256(limit).toString('hex'))
  } finally {
    vi.unstubAllGlobals()
  }
})
