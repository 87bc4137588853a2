/** One thing of a view as it stands in a link. `parse`: undefined for what it is not. */
export interface Field<T> {
  readonly initial: T
  print(value: T): string
  parse(written: string): T | undefined
}

export function text(initial: string): Field<string> {
  return { initial, print: (value) => value, parse: (written) => written }
}

export function flag(initial: boolean): Field<boolean> {
  return {
    initial,
    print: (value) => (value ? '1' : '0'),
    parse: (written) => (written === '1' || written === '0' ? written === '1' : undefined),
  }
}

/** One of a few words. */
export function choice<T extends string>(choices: readonly T[], initial: NoInfer<T>): Field<T> {
  return { initial, print: (chosen) => chosen, parse: (written) => choices.find((each) => each === written) }
}

/** A name, or nothing. */
export function optional(): Field<string | null> {
  return {
    initial: null,
    print: (value) => value ?? '',
    parse: (written) => (written === '' ? null : written),
  }
}

/** Anything JSON can hold; `check` makes a value of what was read, `write` says what of it is written. */
export function value<T>(
  initial: T,
  check: (raw: unknown) => T | undefined,
  write: (value: T) => unknown = (whole) => whole,
): Field<T> {
  return {
    initial,
    print: (printed) => JSON.stringify(write(printed)),
    parse(written) {
      const raw = parseJson(written)
      return raw === undefined ? undefined : check(raw)
    },
  }
}

/** A list of texts, at most `most` of them; undefined for what is no list. */
export function parseTexts(raw: unknown, most: number): readonly string[] | undefined {
  return Array.isArray(raw) ? raw.filter((each) => typeof each === 'string').slice(0, most) : undefined
}

function parseJson(written: string): unknown {
  try {
    return JSON.parse(written)
  } catch {
    return undefined
  }
}
