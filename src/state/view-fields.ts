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

export function oneOf<T extends string>(known: readonly T[], initial: T): Field<T> {
  return {
    initial,
    print: (value) => value,
    parse: (written) => known.find((each) => each === written),
  }
}

/** A name, or nothing. */
export function optional(): Field<string | null> {
  return {
    initial: null,
    print: (value) => value ?? '',
    parse: (written) => (written === '' ? null : written),
  }
}

/** Anything JSON can hold; `check` makes a value of what was read. */
export function value<T>(initial: T, check: (raw: unknown) => T | undefined): Field<T> {
  return {
    initial,
    print: (printed) => JSON.stringify(printed),
    parse(written) {
      const raw = parseJson(written)
      return raw === undefined ? undefined : check(raw)
    },
  }
}

/** Texts, at most `most` of them. */
export function list(
  most: number,
): Field<readonly string[]> & { check(raw: unknown): readonly string[] | undefined } {
  const check = (raw: unknown): readonly string[] | undefined =>
    Array.isArray(raw) ? raw.filter((each) => typeof each === 'string').slice(0, most) : undefined
  return { ...value<readonly string[]>([], check), check }
}

function parseJson(written: string): unknown {
  try {
    return JSON.parse(written)
  } catch {
    return undefined
  }
}
