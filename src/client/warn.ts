/** More than this is noise; the counts stay exact on the run. */
const MAX_WARNINGS = 50

const given = new Set<string>()

/** Says something once on the console, for whoever develops the training. */
export function warnOnce(text: string): void {
  if (given.has(text) || given.size >= MAX_WARNINGS) return
  given.add(text)
  // oxlint-disable-next-line no-console -- the console is where the developer of a training looks
  console.warn(`kymo: ${text}`)
}
