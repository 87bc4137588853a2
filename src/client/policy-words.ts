/** What a directive has to say for Kymo to run, by its name. */
const REMEDIES: Readonly<Record<string, string>> = {
  'worker-src': 'forbids its worker: add “worker-src blob:” to it',
  'trusted-types': 'forbids its Trusted Types policy: add “kymo” to its trusted-types',
  'require-trusted-types-for': 'wants Trusted Types here: allow the policy “kymo” in its trusted-types',
  'script-src': "forbids WebAssembly: add “'wasm-unsafe-eval'” to its script-src",
}

/** What a policy forbade first and what to write instead, as a part of a sentence; null where nothing of it is ours. */
export function policyWords(violated: Iterable<string>): string | null {
  for (const directive of violated) {
    const remedy = REMEDIES[directive]
    if (remedy !== undefined) return `the page’s Content-Security-Policy ${remedy}`
  }
  return null
}
