import { projectEmbedding, type Projection, type ProjectionOrder } from './embedding-projection.ts'

/** What the worker tells. */
export type ProjectionNews =
  | { readonly type: 'progressed'; readonly done: number; readonly total: number }
  | { readonly type: 'projected'; readonly projection: Projection }

const tell = (news: ProjectionNews): void => self.postMessage(news)

self.addEventListener('message', ({ data }: MessageEvent<ProjectionOrder>) => {
  const projection = projectEmbedding(data, (done, total) => tell({ type: 'progressed', done, total }))
  tell({ type: 'projected', projection })
})
