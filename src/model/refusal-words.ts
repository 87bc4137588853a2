import type { Refusal, RefusalReason } from './log-batch.ts'

interface Words {
  /** Why a value was not kept, as the end of a sentence. */
  readonly why: string
  /** What to write instead, as a command; empty where nothing would help. */
  readonly remedy: string
}

/** What is said of each reason, on the console and wherever the value is missed. */
export const REFUSAL_WORDS: Record<RefusalReason, Words> = {
  'value-not-a-number': { why: 'not a number', remedy: 'Log a number.' },
  'value-missing': { why: 'there is no value', remedy: 'Leave the name out, or log `NaN` for a gap.' },
  'value-empty': { why: 'there is nothing in it', remedy: 'Leave the name out where there is no value.' },
  'value-late': { why: 'it was promised, and did not come for a minute', remedy: 'Write `await` before it.' },
  'value-unreadable': {
    why: 'it cannot be read',
    remedy: 'Log it before it is disposed, or `await` it where an error can be caught.',
  },
  'value-is-a-date': {
    why: 'a date',
    remedy: 'Write `date.getTime()`, or pass `{ time }` as the second argument.',
  },
  'value-is-an-object': {
    why: 'an object that is no number',
    remedy: 'Write the numbers in it by name, as in `{ loss: value.loss }`.',
  },
  'text-not-a-number': { why: 'a text that is no number', remedy: 'Write a number, with a point: `1.5`.' },
  'bigint-too-large': {
    why: 'larger than a number holds exactly',
    remedy: 'Write `Number(value)` where near is enough.',
  },
  'tensor-of-many-values': {
    why: 'a tensor of more than one value',
    remedy: 'Log its `mean()` for a curve, or pass `await t.data()` to keep it as an array.',
  },
  'list-of-numbers': {
    why: 'a list of several values',
    remedy:
      'Log one number at each step, all epochs at once with `run.log(history.history)`, or keep it as an array with `new Float32Array(values)`.',
  },
  'array-of-a-curve': {
    why: 'an array, and it is a curve already',
    remedy: 'Log arrays under a name of their own.',
  },
  'nested-too-much': {
    why: 'nested too deep, or more than 1,000 values',
    remedy: 'Write what matters by name, as in `{ "train/loss": loss }`.',
  },
  'call-without-names': { why: 'not a number under a name', remedy: 'Write `run.log({ loss: value })`.' },
  'step-not-a-safe-integer': { why: 'the step is no safe integer', remedy: 'Pass a whole number as `step`.' },
  'step-not-a-number': {
    why: 'the step is not a number',
    remedy: 'Pass a number up to 2^53 as `step`, or leave it out: it counts by itself.',
  },
  'time-not-a-number': {
    why: 'the time is not a number',
    remedy: 'It was kept as of when it was logged: pass milliseconds, a Date or ISO text as `time`.',
  },
  'array-shape-does-not-fit': {
    why: 'the shape does not fit the number of entries',
    remedy: 'Pass a `shape` whose lengths multiply to it.',
  },
  'array-too-large': { why: 'it is larger than 1 GB', remedy: 'Log a part of it.' },
  'media-unreadable': { why: 'it cannot be shown', remedy: '' },
}

/** `not a number, for example string "high". Log a number.` */
export function whyRefused({ reason, example }: Pick<Refusal, 'reason' | 'example'>): string {
  const { why, remedy } = REFUSAL_WORDS[reason]
  const said = example === '' ? why : `${why}, for example ${example}`
  return remedy === '' ? said : `${said}. ${remedy}`
}
