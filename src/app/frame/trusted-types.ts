interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createHTML(text: string): string; createScriptURL(url: string): string | null },
  ): unknown
}

/**
 * Lets the page draw though its host asks for Trusted Types: Solid sets the markup of its components, which the build wrote,
 * and workers are started from files of this page. Answers why that is not allowed, as a sentence; null where it is.
 */
export function allowTemplates(): string | null {
  const types = Reflect.get(globalThis, 'trustedTypes') as TrustedTypes
  try {
    types.createPolicy('default', {
      createHTML: (text) => text,
      createScriptURL: (url) => (new URL(url, location.href).origin === location.origin ? url : null),
    })
    return null
  } catch {
    return 'Kymo cannot draw here: the Content-Security-Policy of this page asks for Trusted Types and does not allow the policy “default”. Add it to trusted-types, or serve Kymo’s folder without that directive.'
  }
}
