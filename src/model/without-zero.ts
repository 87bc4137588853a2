/** A text as stores of C keep it, which would end at the character zero. */
export function withoutZero(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text
}
