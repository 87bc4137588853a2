import { forInformation, quantile, type Figure, type Measurement } from './figure.ts'
import { EXPERIMENTS } from './peers/experiments.ts'
import { measureKymo, measureKymoCold } from './peers/kymo.ts'

export async function measure(print: (figure: Figure) => void): Promise<Measurement> {
  for (const experiment of EXPERIMENTS) {
    if (experiment.length > 0) continue
    const t = await measureKymo(experiment)
    console.log(experiment.name, t.map((x) => x.toFixed(1)).join(' '))
    print(forInformation(`peers.kymo.${experiment.name}_ms`, quantile(t, 0.5), 'ms'))
  }
  const c = await measureKymoCold(5)
  console.log(c)
  return { version: '', figures: [] }
}
