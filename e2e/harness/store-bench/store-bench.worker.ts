import { measureCommits } from './measure-commit.ts'
import { measureIngest } from './measure-ingest.ts'
import { measurePairs } from './measure-pairs.ts'
import { measureRunQueries } from './measure-run-queries.ts'
import { measureScans } from './measure-scans.ts'
import { measureWindows } from './measure-windows.ts'

/** What can be measured in a worker of its own, over fresh files. */
export const PARTS = {
  measureCommits,
  measureIngest,
  measurePairs,
  measureRunQueries,
  measureScans,
  measureWindows,
}
export type Parts = typeof PARTS

self.addEventListener('message', async ({ data }: MessageEvent<{ part: keyof Parts; args: never[] }>) => {
  try {
    const measure = PARTS[data.part] as (...args: unknown[]) => Promise<unknown>
    self.postMessage({ answer: await measure(...data.args) })
  } catch (thrown) {
    self.postMessage({ failure: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) })
  }
})
