interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createHTML(text: string): string; createScriptURL(url: string): string | null },
  ): unknown
}

/**
 * Lets the page draw where its host asks for Trusted Types: Solid sets the markup of its components, which the build wrote,
 * and workers are started from files of this page. Answers why that is not allowed, as a sentence; null where all is well.
 */
export function allowTemplates(): string | null {
  const types = Reflect.get(globalThis, 'trustedTypes') as TrustedTypes | undefined
  if (types === undefined) return null
  try {
    types.createPolicy('default', {
      createHTML: (text) => text,
      createScriptURL: (url) => (new URL(url, location.href).origin === location.origin ? url : null),
    })
    return null
  } catch {
    return isMarkupAllowed()
      ? null
      : 'Kymo cannot draw here: the Content-Security-Policy of this page asks for Trusted Types and does not allow the policy “default”. Add it to trusted-types, or serve Kymo’s folder without that directive.'
  }
}

/** Whether the page asks for Trusted Types at all. */
function isMarkupAllowed(): boolean {
  try {
    document.createElement('template').innerHTML = '<i></i>'
    return true
  } catch {
    return false
  }
}
