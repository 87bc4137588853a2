/**
 * What an object stands for that has a value: `new Number(3)`, a decimal. The object itself where it has none.
 *
 * Errors: throws what its `valueOf` throws.
 */
export function primitiveOf(value: object): unknown {
  const valueOf: unknown = Reflect.get(value, 'valueOf')
  if (typeof valueOf !== 'function' || valueOf === Object.prototype.valueOf) return value
  const primitive: unknown = valueOf.call(value)
  return typeof primitive === 'object' || typeof primitive === 'function' ? value : primitive
}
