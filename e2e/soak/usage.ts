import { quantile } from '../bench/figure.ts'
import type { HeapUsage } from './heap-probe.ts'

export function sumUsage(usages: readonly HeapUsage[]): HeapUsage {
  const sum = (read: (usage: HeapUsage) => number): number =>
    usages.reduce((total, usage) => total + read(usage), 0)
  return { js: sum(({ js }) => js), buffers: sum(({ buffers }) => buffers), wasm: sum(({ wasm }) => wasm) }
}

export function medianUsage(usages: readonly HeapUsage[]): HeapUsage {
  const median = (read: (usage: HeapUsage) => number): number => quantile(usages.map(read), 0.5)
  return {
    js: median(({ js }) => js),
    buffers: median(({ buffers }) => buffers),
    wasm: median(({ wasm }) => wasm),
  }
}
