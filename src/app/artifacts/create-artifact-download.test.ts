import { createRoot } from 'solid-js'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ok } from '../../model/result.ts'
import { artifactOf } from './artifact.fixture.ts'
import { createArtifactDownload, type ArtifactDownload } from './create-artifact-download.ts'
import type { Tracker } from '../tracker/tracker.ts'

beforeEach(() => vi.stubGlobal('document', { documentElement: { dataset: {} } }))
afterEach(() => vi.unstubAllGlobals())

/** A download over a store whose files hold their own paths; `onRead` is called before each is answered. */
function openDownload(onRead: (path: string) => void = () => undefined): ArtifactDownload {
  const readArtifactFile = ({ path }: { readonly path: string }) => {
    onRead(path)
    return Promise.resolve(ok(new Blob([path])))
  }
  const tracker = { api: { readArtifactFile } } as unknown as Tracker
  return createRoot(() => createArtifactDownload(tracker, 'own'))
}

const fileOf = (path: string) => ({ path, mime: '', bytes: path.length, digest: path })

it('hands over the only file of a version as it is', async () => {
  const download = openDownload()
  const whole = await download.whole(artifactOf(1, { files: [fileOf('deep/weights.bin')] }))
  expect(whole).toMatchObject({ ok: true, value: { fileName: 'weights.bin', leftOut: 0 } })
  expect(whole.ok && (await whole.value.file.text())).toBe('deep/weights.bin')
  expect(download.working()).toBeNull()
})

it('leaves out paths that lead out of a folder, reads none of them, and says how many', async () => {
  const read: string[] = []
  const files = [fileOf('fine'), fileOf('../../evil'), fileOf('/root')]
  const whole = await openDownload((path) => read.push(path)).whole(artifactOf(3, { files }))
  expect(whole).toMatchObject({ ok: true, value: { fileName: 'model-v3.zip', leftOut: 2 } })
  expect(read).toEqual(['fine'])
})

it('names files so that every file system takes them', async () => {
  const files = [fileOf('a'), fileOf('b')]
  const names = ['../../..', `<img onerror>/${'x'.repeat(500)}`, 'Größe 1.2']
  const said = await Promise.all(
    names.map(async (name) => {
      const whole = await openDownload().whole(artifactOf(1, { name, files }))
      return whole.ok ? whole.value.fileName : whole.error.code
    }),
  )
  expect(said[0]).toBe('artifact-v1.zip')
  expect(said[1]).toMatch(/^img onerror-x{1,80}-v1\.zip$/)
  expect(said[2]).toBe('Größe 1.2-v1.zip')
})

it('is cancelled in the middle, and by the next download', async () => {
  const files = Array.from({ length: 50 }, (_, index) => fileOf(`file ${index}`))
  const download: ArtifactDownload = openDownload((path) => {
    if (path === 'file 3') download.cancel()
  })
  expect(await download.whole(artifactOf(1, { files }))).toMatchObject({ error: { code: 'cancelled' } })
  expect(download.working()).toBeNull()
  const first = download.one(artifactOf(1, { files }), 'file 1')
  const second = download.one(artifactOf(1, { files }), 'file 2')
  expect(await first).toMatchObject({ error: { code: 'cancelled' } })
  expect(await second).toMatchObject({ ok: true })
})
