/** What a directive has to say for Kymo to run, by its name. */
const REMEDIES: Readonly<Record<string, string>> = {
  'worker-src': 'forbids its worker: add “worker-src blob:” to it',
  'trusted-types': 'forbids its Trusted Types policy: add “kymo” to its trusted-types',
  'require-trusted-types-for': 'wants Trusted Types here: allow the policy “kymo” in its trusted-types',
  'script-src': "forbids WebAssembly: add “'wasm-unsafe-eval'” to its script-src",
}

/** What a policy forbade and what to write instead, as a part of a sentence; null for what is nothing of ours. */
export function policyWords(directive: string): string | null {
  const remedy = REMEDIES[directive]
  return remedy === undefined ? null : `the page’s Content-Security-Policy ${remedy}`
}
