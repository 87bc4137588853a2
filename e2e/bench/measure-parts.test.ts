import { expect, it } from 'vitest'
import { measure as measureLog } from './log.bench.ts'
import { measure as measureMedia } from './media.bench.ts'
import { measure as measurePeers } from './peers.bench.ts'
import { measure as measureStore } from './store.bench.ts'
import { measure as measureView } from './view.bench.ts'

it.each([
  ['log', measureLog, 'calls, overhead, latency, tfjs_vis'],
  ['media', measureMedia, 'image, artifact, memory, system'],
  ['peers', measurePeers, 'kymo, mltraq_list'],
  ['store', measureStore, 'ingest, commit, scans, windows, runs, takeover'],
  ['view', measureView, 'first_curve, live, runs, keys, pan, hide, group, table'],
])('%s measures nothing for a part it has not, and names those it has', async (_name, measure, parts) => {
  const figures: unknown[] = []
  const measured = measure((figure) => figures.push(figure), 'nonsense')
  await expect(measured).rejects.toThrow(new RegExp(`no (part|system) nonsense.* are:? ${parts}`))
  expect(figures).toEqual([])
})
