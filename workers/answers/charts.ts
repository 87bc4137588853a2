import { ok } from '../../src/model/result.ts'
import type { ChartsApi } from '../../src/protocol/charts-api.ts'
import { withCode } from '../jobs/with-code.ts'
import { readSeries } from '../read/series.ts'
import { loadWindowCode, loadWindows } from '../read/window-code.ts'
import { loadRunParts } from './load-run-parts.ts'
import type { Readings } from './reading.ts'

/** `onRead` is called whenever someone reads points. */
export function answerCharts({ reading }: Readings, onRead: () => void): ChartsApi {
  return {
    readSeries(request) {
      // Where that fails, the first window says so.
      void loadWindows().catch(() => undefined)
      return reading(request.database, (database) => ok(readSeries(database, request)))
    },
    readWindows(request) {
      onRead()
      return withCode(
        () => loadWindowCode(request),
        ({ readWindows, code }) =>
          reading(request.database, (database) => ok(readWindows(database, request, code))),
      )
    },
    readEvents: (request) =>
      withCode(loadRunParts, ({ readEventColumns }) =>
        reading(request.database, (database) => ok(readEventColumns(database, request))),
      ),
  }
}
