import { init, type DatasetValue } from '../../src/client/index.ts'

/** A short run that says what it was trained with. */
export async function trainWith(
  experiment: string,
  name: string,
  source: string,
  rows: DatasetValue,
): Promise<void> {
  history.replaceState(null, '', '?token=secret#secret')
  const run = init({ experiment, name })
  void run.captureCode({ source, seed: 7, gpu: true })
  void run.logDataset('train', rows, { labels: 'kind' })
  run.log({ loss: 1 })
  await run.finish()
}

/** Hands over what is neither code nor a dataset; answers how the run ended. */
export async function captureNonsense(experiment: string): Promise<string> {
  const run = init({ experiment, name: 'nonsense' })
  const cyclic: Record<string, unknown> = {}
  cyclic['self'] = cyclic
  await run.captureCode(null as never)
  await run.captureCode({
    files: { gone: 'https://elsewhere.example/x.js?key=secret', odd: cyclic as never },
  })
  await run.logDataset('none', null as never)
  await run.logDataset('cyclic', [cyclic, cyclic])
  await run.logDataset('ragged', [[1, 2], [3]], null as never)
  await run.logDataset('empty', [])
  run.log({ loss: 1 })
  const outcome = await run.finish()
  return outcome.ok ? 'ok' : outcome.error.code
}
