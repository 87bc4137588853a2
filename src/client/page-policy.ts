import type { PolicyViolation } from './policy-words.ts'

/** What a page's Content-Security-Policy forbade since the watch began. */
export interface PolicyWatch {
  /** What was forbidden and what to write instead, as a part of a sentence; null while nothing was. Its words are loaded then. */
  forbidden(): Promise<string | null>
  stop(): void
}

/** Listens to what the policy of this page or worker forbids. Cost: a listener until it is stopped. */
export function watchPolicy(): PolicyWatch {
  /** A page may violate its policy in ways that are nothing of ours. */
  const violations: PolicyViolation[] = []
  const onViolation = (event: Event): void => {
    const { effectiveDirective, blockedURI, disposition } = event as SecurityPolicyViolationEvent
    if (disposition === 'enforce') violations.push({ directive: effectiveDirective, blocked: blockedURI })
  }
  globalThis.addEventListener?.('securitypolicyviolation', onViolation)
  return {
    async forbidden() {
      return violations.length === 0 ? null : (await import('./policy-words.ts')).policyWords(violations)
    },
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
