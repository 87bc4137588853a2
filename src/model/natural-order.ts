const DIGITS = /\d+/g

/** A text that sorts by code point as `run 2` before `run 10`: every number begins with how long it is. */
export function naturalKey(text: string): string {
  return text.replace(DIGITS, (digits) => {
    const number = digits.replace(/^0+(?=\d)/, '')
    return `${String(number.length).padStart(3, '0')}${number}`
  })
}

/** `run 2` before `run 10`; what differs in nothing but leading zeros in order of its text. */
export function compareNatural(a: string, b: string): number {
  return compareTexts(naturalKey(a), naturalKey(b)) || compareTexts(a, b)
}

/** Cost: a key for each text. */
export function inNaturalOrder(texts: readonly string[]): readonly string[] {
  return texts
    .map((text) => ({ text, key: naturalKey(text) }))
    .toSorted((a, b) => compareTexts(a.key, b.key) || compareTexts(a.text, b.text))
    .map(({ text }) => text)
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
