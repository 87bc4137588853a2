import { beforeAll, describe, expect, it, vi } from 'vitest'
import { copyToBuffer, giveBuffer, takeBuffer } from './buffer-pool.ts'

beforeAll(() => {
  vi.useFakeTimers()
})

describe('the buffer pool', () => {
  it('gives a buffer again to whoever asks for about as much', () => {
    const { buffer } = takeBuffer(100_000)
    giveBuffer(buffer)
    expect(takeBuffer(150_000).buffer).not.toBe(buffer)
    const again = takeBuffer(99_000)
    expect(again.buffer).toBe(buffer)
    expect(again).toHaveLength(99_000)
    expect(takeBuffer(99_000).buffer).not.toBe(buffer)
  })

  it('wastes at most an eighth', () => {
    for (const length of [1, 4_095, 4_096, 65_537, 100_000, 1_000_001, 33_554_433]) {
      const { buffer } = takeBuffer(length)
      expect(buffer.byteLength).toBeGreaterThanOrEqual(length)
      expect(buffer.byteLength).toBeLessThanOrEqual((length * 9) / 8)
    }
  })

  it('lets go of what nobody asks for', () => {
    const { buffer } = takeBuffer(200_000)
    giveBuffer(buffer)
    vi.advanceTimersByTime(60_000)
    expect(takeBuffer(200_000).buffer).not.toBe(buffer)
  })

  it('copies', () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index)
    const copy = copyToBuffer(bytes.subarray(5))
    expect(copy).toEqual(bytes.subarray(5))
    copy.fill(0)
    expect(bytes[6]).toBe(6)
  })
})
