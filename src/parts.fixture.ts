/** The parts of something large a test is about; another one that is asked for is an error. */
export function onlyWith<T extends object>(parts: Partial<T>): T {
  return new Proxy(parts, {
    get(known, name, receiver) {
      if (!(name in known)) throw new Error(`The test gives no ${String(name)}.`)
      return Reflect.get(known, name, receiver)
    },
  }) as T
}
