/** What a page's Content-Security-Policy forbade since the watch began. */
export interface PolicyWatch {
  /** What was forbidden and what to write instead, as a part of a sentence; null while nothing was. */
  forbidden(): string | null
  stop(): void
}

/** What a directive has to say for Kymo to run, by its name. */
const REMEDIES: Readonly<Record<string, string>> = {
  'worker-src': 'forbids its worker: add “worker-src blob:” to it',
  'trusted-types': 'forbids its Trusted Types policy: add “kymo” to its trusted-types',
  'require-trusted-types-for': 'wants Trusted Types here: allow the policy “kymo” in its trusted-types',
  'script-src': "forbids WebAssembly: add “'wasm-unsafe-eval'” to its script-src",
}

/** Listens to what the policy of this page or worker forbids. Cost: a listener until it is stopped. */
export function watchPolicy(): PolicyWatch {
  let remedy: string | null = null
  const onViolation = (event: Event): void => {
    const { effectiveDirective, disposition } = event as SecurityPolicyViolationEvent
    if (disposition === 'report') return
    remedy ??= REMEDIES[effectiveDirective] ?? null
  }
  globalThis.addEventListener?.('securitypolicyviolation', onViolation)
  return {
    forbidden: () => (remedy === null ? null : `the page’s Content-Security-Policy ${remedy}`),
    stop: () => globalThis.removeEventListener?.('securitypolicyviolation', onViolation),
  }
}

/** The part of `trustedTypes` that is used, which TypeScript's library does not know. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): {
    createScriptURL(url: string): string
  }
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined

/** An address made here, as a page under Trusted Types wants it. Errors: throws where the policy `kymo` is not allowed. */
export function trustedUrl(url: string): string {
  const types = Reflect.get(globalThis, 'trustedTypes') as TrustedTypes | undefined
  if (types === undefined) return url
  policy ??= types.createPolicy('kymo', { createScriptURL: (made) => made })
  return policy.createScriptURL(url)
}
