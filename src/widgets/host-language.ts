/**
 * Gives the page a language that there is. A browser started where the system has none (`LANG=C`) says “C”, of which
 * `Intl` makes an error: uPlot asks it for a format as soon as it is loaded, and no chart would be drawn. So this comes
 * before it is.
 */
export function mendLanguage(host: Pick<Navigator, 'language'>): void {
  if (isLanguage(host.language)) return
  Object.defineProperty(host, 'language', { value: 'en-US', configurable: true })
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    return false
  }
}
