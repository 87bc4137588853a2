import type { Page } from 'playwright/test'

export const PAGE_BYTES = 32_768

/** Where the engine keeps a file's name, and before where its bytes begin. */
const SLOT_HEADER_BYTES = 4_096

/** Overwrites pages of a database file, counted from 0, that nobody has open; answers how many it has. */
export async function damage(page: Page, name: string, pages: readonly number[]): Promise<number> {
  return page.evaluate(
    async ({ name, pages, pageBytes, header }) => {
      const root = await navigator.storage.getDirectory()
      const pool = await (await root.getDirectoryHandle('kymo')).getDirectoryHandle('.opaque')
      for await (const entry of pool.values()) {
        if (!(entry instanceof FileSystemFileHandle)) continue
        const file = await entry.getFile()
        const start = await file.slice(0, name.length + 1).text()
        if (start !== `${name}\0`) continue
        const writable = await entry.createWritable({ keepExistingData: true })
        for (const at of pages) {
          const noise = Uint8Array.from({ length: pageBytes }, (_, index) => (index * 7919 + at) % 251)
          await writable.write({ type: 'write', position: header + at * pageBytes, data: noise })
        }
        await writable.close()
        return Math.floor((file.size - header) / pageBytes)
      }
      throw new Error(`There is no file ${name}.`)
    },
    { name, pages, pageBytes: PAGE_BYTES, header: SLOT_HEADER_BYTES },
  )
}
