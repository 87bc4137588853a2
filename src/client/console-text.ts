import { toJsonValue } from '../model/json.ts'

/** What a console shows of one call: its arguments as text, the placeholders of the first one filled. Never throws. */
export function formatArguments(values: readonly unknown[]): string {
  const [first, ...rest] = values
  if (typeof first !== 'string' || !first.includes('%')) return values.map(formatValue).join(' ')
  let next = 0
  const filled = first.replaceAll(/%[sdifoOc%]/g, (placeholder) => {
    if (placeholder === '%%') return '%'
    if (next >= rest.length) return placeholder
    const value = rest[next]
    next += 1
    return placeholder === '%c' ? '' : formatAs(placeholder, value)
  })
  return [filled, ...rest.slice(next).map(formatValue)].join(' ')
}

function formatAs(placeholder: string, value: unknown): string {
  if (placeholder === '%d' || placeholder === '%i') return String(Math.trunc(toNumber(value)))
  return placeholder === '%f' ? String(toNumber(value)) : formatValue(value)
}

function toNumber(value: unknown): number {
  return typeof value === 'number' ? value : Number.parseFloat(formatValue(value))
}

function formatValue(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Error) return describeError(value)
  try {
    if (typeof value !== 'object' || value === null) return String(value)
    return JSON.stringify(toJsonValue(value))
  } catch {
    return `unreadable ${typeof value}`
  }
}

/** An error with its stack, and with what caused it; anything else that was thrown as text. Never throws. */
export function describeError(thrown: unknown): string {
  try {
    if (!(thrown instanceof Error)) return formatValue(thrown)
    const { name, message, stack } = thrown
    const head = `${name}: ${message}`
    // Browsers differ in whether the stack repeats the message.
    const text =
      stack === undefined || stack === '' ? head : stack.includes(message) ? stack : `${head}\n${stack}`
    return thrown.cause === undefined ? text : `${text}\nCaused by ${describeError(thrown.cause)}`
  } catch {
    return 'an error that cannot be read'
  }
}
