import { afterEach, describe, expect, it, vi } from 'vitest'
import { downloadCsv, type CsvFor } from './download.ts'

afterEach(() => vi.restoreAllMocks())

/** The bytes and the name a download leaves with. */
async function leave(readBy: CsvFor): Promise<{ readonly bytes: readonly number[]; readonly name: string }> {
  vi.useFakeTimers()
  const made = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:csv')
  let name = ''
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
    name = this.download
  })
  downloadCsv(new Blob(['é\r\n']), 'runs', readBy)
  vi.useRealTimers()
  const file = made.mock.lastCall?.[0]
  if (!(file instanceof Blob)) throw new Error('nothing left')
  return { bytes: [...new Uint8Array(await file.arrayBuffer())], name }
}

describe('a table that leaves', () => {
  it('has a byte order mark for spreadsheets, and none for programs', async () => {
    const bytes = [0xc3, 0xa9, 0x0d, 0x0a]
    expect(await leave('programs')).toEqual({ bytes, name: 'runs.csv' })
    expect(await leave('spreadsheets')).toEqual({ bytes: [0xef, 0xbb, 0xbf, ...bytes], name: 'runs.csv' })
  })
})
