import { ALLOW_WASM } from '../protocol/policy-remedy.ts'

/** What a policy forbade: by which directive, and which address, or what kind of thing that has none. */
export interface PolicyViolation {
  readonly directive: string
  readonly blocked: string
}

const POLICY = 'the page’s Content-Security-Policy'
const ALLOW_WORKER = `${POLICY} forbids its worker: add “worker-src blob:” to it`

/** What a directive has to say for Kymo to run, by its name. */
const REMEDIES: Readonly<Record<string, string>> = {
  'worker-src': ALLOW_WORKER,
  'trusted-types': `${POLICY} forbids its Trusted Types policy: add “kymo” to its trusted-types`,
  'require-trusted-types-for': `${POLICY} wants Trusted Types here: allow the policy “kymo” in its trusted-types`,
  'script-src': ALLOW_WASM,
}

/** What a policy forbade first and what to write instead, as a part of a sentence; null where nothing of it is ours. */
export function policyWords(violations: Iterable<PolicyViolation>): string | null {
  for (const { directive, blocked } of violations) {
    // Firefox names the directive that a worker fell back to; what it blocked is then no `wasm-eval`.
    const isWorker = directive === 'script-src' && blocked.startsWith('blob')
    const remedy = isWorker ? ALLOW_WORKER : REMEDIES[directive]
    if (remedy !== undefined) return remedy
  }
  return null
}
