import { findImportance, type ImportanceOrder } from './param-importance.ts'

self.addEventListener('message', ({ data }: MessageEvent<ImportanceOrder>) => {
  self.postMessage(findImportance(data.target, data.params))
})
