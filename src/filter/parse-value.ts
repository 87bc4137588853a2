import { wrong } from './syntax.ts'
import type { TimeUnit, Value } from './syntax.ts'
import type { Token } from './tokens.ts'
import type { Words } from './words.ts'

const UNITS: Readonly<Record<string, TimeUnit>> = {
  ms: 'ms',
  millisecond: 'ms',
  milliseconds: 'ms',
  s: 'seconds',
  sec: 'seconds',
  secs: 'seconds',
  second: 'seconds',
  seconds: 'seconds',
  m: 'minutes',
  min: 'minutes',
  mins: 'minutes',
  minute: 'minutes',
  minutes: 'minutes',
  h: 'hours',
  hour: 'hours',
  hours: 'hours',
  d: 'days',
  day: 'days',
  days: 'days',
  w: 'weeks',
  week: 'weeks',
  weeks: 'weeks',
}
const INFINITIES = new Set(['inf', 'infinity'])

/** A value after a comparison; `onNumber` hears of a number before its unit is looked for. Throws WrongFilter. */
export function parseValue(words: Words, onNumber: (value: Value) => void): Value {
  const token = words.take()
  if (token === undefined) throw wrong(words.here(), 'Expected a value.')
  const { text, from, to } = token
  switch (token.kind) {
    case 'quoted':
      return { kind: 'text', text, from, to }
    case 'time':
      if (Number.isNaN(Date.parse(text))) throw wrong(token, `There is no such day as ${text}.`)
      return { kind: 'time', text, from, to }
    case 'number':
      return parseAmount(words, token, onNumber)
    case 'word': {
      const word = text.toLowerCase()
      if (word === 'true' || word === 'false') return { kind: 'boolean', boolean: word === 'true', from, to }
      if (INFINITIES.has(word)) return { kind: 'number', number: Infinity, from, to }
      return { kind: 'word', text, from, to }
    }
    case 'symbol':
      throw wrong(token, `Expected a value instead of “${text}”.`)
  }
}

/** A number, with a unit of time and `ago` behind it where they are. */
function parseAmount(words: Words, { text, from, to }: Token, onNumber: (value: Value) => void): Value {
  const number = toNumber(text)
  if (number === null) throw wrong({ from, to }, `${text} is too large a number.`)
  onNumber({ kind: 'number', number, from, to })
  const unit = words.takeWord(...Object.keys(UNITS))
  if (unit === null) return { kind: 'number', number, from, to }
  const ago = words.takeWord('ago')
  const known = UNITS[unit.text.toLowerCase()] ?? 'ms'
  return { kind: ago === null ? 'duration' : 'ago', amount: number, unit: known, from, to: (ago ?? unit).to }
}

function toNumber(text: string): number | null {
  if (/inf/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  const number = Number(text)
  // -0 and 0 are equal, and only one of them can be printed.
  return Number.isFinite(number) ? number || 0 : null
}
