import { ALERT_CASES } from './alert-cases.ts'
import { ALIAS_CASES } from './alias-cases.ts'
import { ARRAY_CASES } from './array-cases.ts'
import { ARTIFACT_CASES } from './artifact-cases.ts'
import { ARRANGEMENT_CASES } from './arrangement-cases.ts'
import { DEFERRED_CASES } from './deferred-cases.ts'
import { EVENT_CASES } from './event-cases.ts'
import { INGEST_CASES } from './ingest-cases.ts'
import { MEDIA_CASES } from './media-cases.ts'
import { PARAM_CASES } from './param-cases.ts'
import { READ_CASES } from './read-cases.ts'
import { SHARED_RUN_CASES } from './shared-run-cases.ts'
import { SQL_CASES } from './sql-cases.ts'
import { SUMMARY_CASES } from './summary-cases.ts'
import { assertEqual } from './assert.ts'
import type { OpenFiles, StoreCase } from './store.fixture.ts'

/** Everything the store promises. Runs over any files: memory in Node, OPFS in a worker of a browser. */
export const STORE_CASES: readonly StoreCase[] = [
  ...INGEST_CASES,
  ...ARRAY_CASES,
  ...DEFERRED_CASES,
  ...MEDIA_CASES,
  ...ARTIFACT_CASES,
  ...ALIAS_CASES,
  ...READ_CASES,
  ...PARAM_CASES,
  ...EVENT_CASES,
  ...SQL_CASES,
  ...SUMMARY_CASES,
  ...SHARED_RUN_CASES,
  ...ARRANGEMENT_CASES,
  ...ALERT_CASES,
]

/** Empties the files and runs a case over them. Errors: throws what the case found, and when it left files open. */
export async function runStoreCase({ run }: StoreCase, openFiles: OpenFiles): Promise<void> {
  const files = await openFiles()
  for (const name of files.names()) files.remove(name)
  // What a case before left in it would be taken for what is logged here.
  files.log?.truncate(0)
  files.release()
  let held = 0
  await run(async () => {
    const opened = await openFiles()
    held += 1
    return {
      ...opened,
      release() {
        held -= 1
        opened.release()
      },
    }
  })
  // Left open, the files would be denied to the next case.
  assertEqual(held, 0, 'stores left open')
}
