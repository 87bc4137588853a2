/**
 * Lists such as `[fitCallbacks(run), tf.callbacks.earlyStopping()]`.
 *
 * TensorFlow.js looks at the first of a list. Where that is no `tf.Callback` of its own it takes all for plain objects and
 * makes `new CustomCallback(each)` of them, which calls the methods of a real one on the wrong `this`, and throws. That
 * class cannot be named here without importing TensorFlow.js, of which a page may even have two. But its constructor ends
 * with `this.yield = args.onYield`, from which both it and what it wraps can be learned: `onYield` of ours is a getter, and
 * the assignment that follows at once meets a setter, which stands on `Object.prototype` between these two steps and
 * no longer. From there on, until the list is done, the same pair stands on the class above it: every real callback that is
 * wrapped is found, and its wrapper passes all calls on to it.
 *
 * Whatever changes `Object.prototype` costs an engine what it had compiled: a fit of a second took a tenth more. So the class is
 * remembered, and looked for again only where a wrapper turned out to be of another one: of a second TensorFlow.js.
 *
 * Source: `standardizeCallbacks` and `CustomCallback`, tfjs-layers/src/base_callbacks.ts; the same in the minified builds.
 */

/** One list of callbacks while it is wrapped, which is one synchronous loop. */
interface Wrapping {
  /** What the constructor that is running was passed; null where that is a plain object of somebody else. */
  wrapped: object | null
  /** The prototype of the class above all callbacks, once it is known. */
  base: object | null
  /** Ours so far, with their wrappers. */
  readonly ours: (readonly [wrapper: object, callbacks: object])[]
  /** Whether there is a real callback in it: then the others of the list may count on logs nobody has read. */
  hasReal: boolean
}

/** What a callback hears of a training. */
export const HOOKS = [
  'onTrainBegin',
  'onTrainEnd',
  'onEpochBegin',
  'onEpochEnd',
  'onBatchBegin',
  'onBatchEnd',
] as const
const METHODS = ['setParams', 'setModel', ...HOOKS] as const

/** What a wrapper of ours shall not call, by callback. */
const unused = new WeakMap<object, readonly string[]>()

/** The prototypes of classes above all callbacks that are known. */
const bases = new Set<object>()

let wrapping: Wrapping | null = null

/** Has a callback, and all real ones that come after it in a list, survive being wrapped. `without`: methods that do nothing. */
export function onWrapped(callbacks: object, without: readonly string[]): void {
  unused.set(callbacks, without)
  // Not enumerable: a copy by spreading is a plain object.
  Object.defineProperty(callbacks, 'onYield', { get: () => expectWrapper(callbacks) })
}

function expectWrapper(callbacks: object): undefined {
  if (wrapping === null) {
    wrapping = { wrapped: null, base: null, ours: [], hasReal: false }
    queueMicrotask(endWrapping)
    for (const base of bases) watchBase(base)
  }
  wrapping.wrapped = callbacks
  if (bases.size === 0 && !('yield' in Object.prototype))
    Reflect.defineProperty(Object.prototype, 'yield', { configurable: true, set: takeFirst })
}

function endWrapping(): void {
  if (Object.hasOwn(Object.prototype, 'yield')) Reflect.deleteProperty(Object.prototype, 'yield')
  for (const base of bases) {
    Reflect.deleteProperty(base, 'yield')
    Reflect.deleteProperty(base, 'onYield')
  }
  if (wrapping?.base === null) bases.clear()
  wrapping = null
}

function watchBase(base: object): void {
  Object.defineProperty(base, 'yield', { configurable: true, set: takeWrapper })
  Object.defineProperty(base, 'onYield', { configurable: true, get: expectReal })
}

function takeFirst(this: object, value: unknown): void {
  Reflect.deleteProperty(Object.prototype, 'yield')
  const base = baseOf(this)
  if (wrapping !== null && base !== null) {
    bases.add(base)
    watchBase(base)
  }
  takeWrapper.call(this, value)
}

/** The highest prototype that has what every callback has; null for an object that is none. */
function baseOf(wrapper: object): object | null {
  for (let above: unknown = wrapper; typeof above === 'object' && above !== null;)
    if (Object.hasOwn(above, 'setParams')) return above
    else above = Object.getPrototypeOf(above)
  return null
}

function expectReal(this: object): undefined {
  if (wrapping === null) return
  wrapping.wrapped = this
  wrapping.hasReal = true
}

function takeWrapper(this: object, value: unknown): void {
  Object.defineProperty(this, 'yield', { value, writable: true, configurable: true, enumerable: true })
  if (wrapping === null || wrapping.wrapped === null) return
  wrapping.base ??= baseOf(this)
  const { wrapped, ours, hasReal } = wrapping
  wrapping.wrapped = null
  const without = unused.get(wrapped)
  if (without === undefined) passOn(this, wrapped)
  else {
    ours.push([this, wrapped])
    for (const name of without)
      Reflect.set(this, `${name.charAt(2).toLowerCase()}${name.slice(3)}`, undefined)
  }
  if (hasReal) for (const [wrapper, callbacks] of ours.splice(0)) passOn(wrapper, callbacks)
}

/** Makes a wrapper do what the callback does, with logs as they are. */
function passOn(wrapper: object, callback: object): void {
  for (const name of METHODS)
    Reflect.set(wrapper, name, (...values: readonly unknown[]): unknown => {
      const method: unknown = Reflect.get(callback, name)
      return typeof method === 'function' ? Reflect.apply(method, callback, values) : undefined
    })
}
