/**
 * The same remote object, each of whose methods is looked up once.
 *
 * Comlink makes a proxy at every look-up and hears when it is collected. In a page that is in the back/forward cache that is
 * code that runs, for which Chromium drops the page: it was the one thing that kept it from coming back as it was.
 */
export function lastingMethods<T extends object>(remote: T): T {
  const methods = new Map<PropertyKey, unknown>()
  return new Proxy(remote, {
    get(target, name) {
      if (!methods.has(name)) methods.set(name, Reflect.get(target, name))
      return methods.get(name)
    },
  })
}
