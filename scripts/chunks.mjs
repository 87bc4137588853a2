// @ts-check
// Which modules are one file: what is needed together anyway compresses worse, and is asked for more often, as many small ones.

/** @param {string} folder @param {readonly string[]} names */
const inFolder = (folder, names) => `${folder}\\/(?:${names.join('|')})`

/** @param {readonly string[]} parts */
const anyOf = (parts) => new RegExp(`\\/(?:${parts.join('|')})\\.tsx?$`)

/** @param {string} name @param {RegExp} test @param {{ name: string, test: RegExp, priority: number }[]} others */
const oneChunk = (name, test, ...others) => ({ codeSplitting: { groups: [...others, { name, test }] } })

/** What the tracker worker needs before it can answer anything. */
export const STORE_CHUNK = oneChunk(
  'store',
  anyOf([
    inFolder('workers\\/db', ['sql', 'rows', 'insert', 'damage', 'migrate']),
    inFolder('workers\\/db\\/points', ['chunk-rows', 'point-stats', 'series-rows', 'point-columns']),
    inFolder('workers\\/ingest', ['commit', 'apply-change']),
    inFolder('src\\/model', [
      'column',
      'run',
      'series',
      'experiment',
      'log-batch',
      'result',
      'json',
      'console-line',
    ]),
    'src\\/protocol\\/tracker-error',
  ]),
)

/** What every part of an experiment's screen needs: only what imports nothing besides but Solid, so that no file waits for another. */
export const EXPERIMENT_CHUNK = oneChunk(
  'experiment',
  anyOf([
    inFolder('src\\/model', ['series', 'run', 'run-fields', 'aggregates', 'column', 'json', 'sorted']),
    inFolder('src\\/protocol', ['run-query', 'windows']),
    inFolder('src\\/widgets', [
      'time-format',
      'log-ticks',
      'parse-color',
      'segmented',
      'fact-table',
      'key-hint',
      'run-dot',
      'field-row',
      'chart-colors',
      'frame',
      'titled-section',
      'toggle',
      'popover',
    ]),
    'src\\/app\\/shell\\/create-clock',
    'src\\/app\\/shell\\/json-words',
    inFolder('src\\/app\\/workspace', ['operands', 'metric-direction', 'x-range', 'view-fields']),
    inFolder('src\\/app\\/experiment', [
      'run-colors',
      'run-values',
      'run-words',
      'series-table',
      'environment-groups',
      'happening-words',
      'metric-sections',
    ]),
  ]),
  // What draws them is on every page, and so is what they import besides.
  {
    name: 'web',
    test: /\/node_modules\/solid-js\/(?:dist|web)\/|\/src\/(?:model\/(?:units|event-loop|result|raw-value|column-memory|log-batch)|protocol\/(?:runs-api|sql-api|tracker-error|version)|widgets\/(?:number-format|button))\.tsx?$/,
    priority: 1,
  },
)

/** What every entry of the library needs. */
export const LIBRARY_CHUNK = oneChunk(
  'shared',
  anyOf([
    inFolder('src\\/protocol', [
      'call[\\w-]*',
      '[\\w-]+-api',
      'outcome',
      'database-id',
      'tracker-error',
      'version',
    ]),
    inFolder('src\\/model', ['column-memory', 'log-batch', 'units', 'result']),
  ]),
)
