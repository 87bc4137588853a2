import { afterEach, expect, test, vi } from 'vitest'
import { captureCode } from './capture-code.ts'
import type { CodeOptions } from './capture-options.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

async function capture(options: CodeOptions) {
  let stored: Readonly<Record<string, string>> | null = null
  let environment: Readonly<Record<string, unknown>> = {}
  await captureCode(options, {
    store: (files) => {
      stored = files
      return Promise.resolve(null)
    },
    setEnvironment: (said) => (environment = said),
  })
  return { stored, code: environment['code'] as Record<string, unknown>, environment }
}

function train(): number {
  return 42
}

test('keeps the text of a string and of a function, and says commit and seed', async () => {
  const { stored, code } = await capture({
    source: train,
    files: { 'b.js': 'let b' },
    commit: 'abc',
    seed: 7,
  })
  expect(stored).toEqual({ 'training.js': String(train), 'b.js': 'let b' })
  expect(code).toMatchObject({ commit: 'abc', seed: 7, files: 2 })
  expect(code['digest']).toMatch(/^[0-9a-f]{64}$/)
})

test('the order of files does not change the digest, and a letter does', async () => {
  const one = await capture({ files: { a: '1', b: '2' } })
  const turned = await capture({ files: { b: '2', a: '1' } })
  const moved = await capture({ files: { a: '12', b: '' } })
  expect(turned.code['digest']).toBe(one.code['digest'])
  expect(moved.code['digest']).not.toBe(one.code['digest'])
})

test('a file of this origin is fetched, one of another is not, and its query is told nobody', async () => {
  vi.stubGlobal('location', new URL('https://here.example/app/'))
  const asked: string[] = []
  vi.stubGlobal('fetch', (url: URL) => {
    asked.push(String(url))
    return Promise.resolve(
      new Response(url.pathname === '/gone.js' ? '' : 'code', {
        status: url.pathname === '/gone.js' ? 404 : 200,
      }),
    )
  })
  const { stored, code } = await capture({
    source: 'https://here.example/train.js?v=1',
    files: { gone: new URL('https://here.example/gone.js'), other: 'https://there.example/x.js?key=secret' },
  })
  expect(stored).toEqual({ 'training.js': 'code' })
  expect(asked).toEqual(['https://here.example/train.js?v=1', 'https://here.example/gone.js'])
  expect(String(code['problems'])).toContain('https://here.example/gone.js answered 404')
  expect(String(code['problems'])).toContain('https://there.example/x.js is of another origin')
  expect(JSON.stringify(code)).not.toContain('secret')
})

test('what is too long, too many or no code is named, and the rest is kept', async () => {
  const files = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`f${index}`, 'x']))
  const wrong = await capture({ files: { odd: {} as never } })
  expect(wrong.stored).toBe(null)
  expect(wrong.code['problems']).toEqual(['odd: neither text, nor a function, nor a URL'])
  const { stored, code } = await capture({ source: 'y'.repeat(2 ** 20 + 1), files })
  expect(Object.keys(stored ?? {})).toHaveLength(199)
  expect(code['problems']).toEqual([
    'only the first 200 of 251 files',
    'training.js: longer than 1,048,576 letters',
  ])
})

test('nothing asked for stores nothing', async () => {
  const { stored, environment } = await capture({})
  expect(stored).toBe(null)
  expect(environment).toEqual({ code: {} })
})
