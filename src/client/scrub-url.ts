/**
 * Where a page is, without what may be secret: query, hash, user and password go; of a page that is no web page only its
 * kind stays. Never throws.
 */
export function scrubUrl(location: unknown): string | null {
  try {
    const { protocol, origin, pathname } = new URL(String(location))
    return protocol === 'http:' || protocol === 'https:' ? origin + pathname : protocol
  } catch {
    return null
  }
}
