// Logs into a run until it is killed, and says what was acknowledged. Run by scripts/torture-node.mjs.
const [library = '', runId = '', style = ''] = process.argv.slice(2)
const { init } = await import(library)
const run = init({ experiment: 'torture', id: runId, resume: true })
/** A value that tells which step it belongs to. */
const valueOf = (step) => step * 3 + 1
const { readRuns } = await import(library)
const stored = await readRuns({ experiment: 'torture', filter: `id = "${runId}"` })
let step = stored.ok ? (stored.value[0]?.metrics['a']?.count ?? 0) : 0

if (style === 'artifact')
  void run.logArtifact('weights', new Blob([new Uint8Array(4_000_000).fill(step % 256)]), {
    aliases: ['newest'],
  })
for (;;) {
  const until = step + 50
  for (; step < until; step += 1) run.log({ a: valueOf(step), b: -valueOf(step) }, { step })
  if (style === 'loop' && step % 5000 !== 0) continue
  const flushed = await run.flush()
  if (flushed.ok) process.stdout.write(`${step}\n`)
  if (style === 'slow') await new Promise((go) => setTimeout(go, 5))
}
