import { connectTracker } from '../../src/client/connect.ts'
import { init } from '../../src/client/index.ts'
import { trainDigits } from '../../src/demo/train-digits.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'

const EXPERIMENT = 'digits sweep'
const EPOCHS = 15

/** Trains what `public/demo.db` shows: the digits network at six settings. Answers the exported file as base64. */
export async function trainExample(): Promise<string> {
  for (const dense_units of [16, 64]) {
    for (const learning_rate of [0.0005, 0.002, 0.008]) {
      await trainDigits(
        {
          init: (options) =>
            init({
              ...options,
              experiment: EXPERIMENT,
              name: `lr ${learning_rate}, ${dense_units} units`,
              tags: { width: dense_units > 32 ? 'wide' : 'narrow' },
              notes: 'Trained in a browser on the 1,797 scans of the UCI digits.',
            }),
          signal: new AbortController().signal,
          readFile: async (path) => new Uint8Array(await (await fetch(`../${path}`)).arrayBuffer()),
        },
        { learning_rate, dense_units, epochs: EPOCHS },
      )
    }
  }
  return exportExample()
}

async function exportExample(): Promise<string> {
  const { api } = connectTracker()
  const experiments = await api.readExperiments(OWN_DATABASE)
  const id = experiments.ok ? experiments.value.find((row) => row.name === EXPERIMENT)?.id : undefined
  if (id === undefined) throw new Error(`There is no experiment ${EXPERIMENT}.`)
  const request = {
    jobId: 'example',
    database: OWN_DATABASE,
    experimentId: id,
    runIds: null,
    format: 'db',
    // Its checkpoints are for nobody to load, and everybody would have to.
    artifacts: false,
  } as const
  const exported = await api.exportFile(request)
  if (!exported.ok) throw new Error(exported.error.message)
  const bytes = new Uint8Array(await exported.value.file.arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
