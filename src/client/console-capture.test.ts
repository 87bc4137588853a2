import { beforeEach, expect, it, vi } from 'vitest'
import { captureConsole, type ConsoleCapture, type ConsoleCaptureOptions } from './console-capture.ts'
import { describeError, formatArguments } from './console-text.ts'

const onFatal = vi.fn<(stack: string) => void>()
const onLine = vi.fn<() => void>()
const said = vi.fn<(...values: unknown[]) => void>()
const heard = { debug: said, log: said, info: said, warn: said, error: said }
const events = new EventTarget()

function start(options: ConsoleCaptureOptions = {}): ConsoleCapture {
  return captureConsole(options, { lastStep: () => 4, onLine, onFatal }, { console: heard, events })
}

beforeEach(() => {
  vi.clearAllMocks()
  Object.assign(heard, { log: said })
})

it('keeps what is said, and says it all the same', () => {
  const { take } = start()
  heard.log('loss %f of %s', 0.5, 'net', { lr: 1 })
  expect(said).toHaveBeenCalledWith('loss %f of %s', 0.5, 'net', { lr: 1 })
  expect(take()).toMatchObject([{ level: 'log', step: 4, text: 'loss 0.5 of net {"lr":1}' }])
  expect(take()).toEqual([])
  expect(onLine).toHaveBeenCalledOnce()
})

it('hears nothing after it was stopped, also when somebody else patched the console meanwhile', () => {
  const { take, stop } = start()
  const ours = heard.log
  const theirs = vi.fn<(...values: unknown[]) => void>(ours)
  heard.log = theirs
  stop()
  heard.log('later')
  expect(heard.log).toBe(theirs)
  expect(said).toHaveBeenCalledWith('later')
  expect(take()).toEqual([])
})

it('bounds what waits and says how much it left out', () => {
  const { take } = start()
  for (let line = 0; line < 2_500; line += 1) heard.log(line)
  const lines = take()
  expect(lines).toHaveLength(2_001)
  expect(lines.at(-1)).toMatchObject({
    level: 'warn',
    text: expect.stringContaining('500 more lines') as string,
  })
})

it('survives values that throw, speak and contain themselves', () => {
  const { take } = start()
  const cyclic: Record<string, unknown> = {}
  cyclic['self'] = cyclic
  const speaking = {
    get words() {
      heard.log('inside')
      return 1
    },
  }
  const hostile = {
    toJSON() {
      throw new Error('no')
    },
  }
  heard.log(cyclic, speaking, hostile, Symbol('x'), 10n, undefined)
  expect(take()).toHaveLength(1)
})

it('ends the run at an error that nobody caught, with its stack and its cause', () => {
  const { take } = start({ failOnError: true })
  const error = new TypeError('no weights', { cause: new Error('disk') })
  events.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason: error }))
  expect(take()[0]).toMatchObject({ level: 'error' })
  expect(onFatal.mock.calls[0]?.[0]).toMatch(/^Uncaught TypeError: no weights[^]*Caused by Error: disk/)
})

it('reads whatever was thrown', () => {
  expect(describeError('text')).toBe('text')
  expect(describeError(undefined)).toBe('undefined')
  expect(formatArguments(['%d%% %s', 3.7, 'x', 'more'])).toBe('3% x more')
  expect(formatArguments(['%s'])).toBe('%s')
  expect(formatArguments([])).toBe('')
})
