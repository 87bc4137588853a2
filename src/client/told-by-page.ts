/** What is asked of a page: workers have none. */
interface Page {
  querySelector(selector: string): { getAttribute(name: string): string | null } | null
}

/** What the server that serves the dashboard says in its page, by the name of a `meta`; null where it says nothing. */
export function toldByPage(name: string): string | null {
  const { document: page } = globalThis as { readonly document?: Page }
  return page?.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? null
}
