import { expect, it } from 'vitest'
import { flattenJson, jsonText } from './json.ts'

it('writes the numbers JSON forgets as their names', () => {
  expect(jsonText({ a: [Number.NaN, Infinity, -Infinity, 1.5], b: 'NaN', c: null })).toBe(
    '{"a":["NaN","Infinity","-Infinity",1.5],"b":"NaN","c":null}',
  )
})

it('calls what is in objects by its path', () => {
  expect(flattenJson({ lr: 1, opt: { name: 'x', deep: { on: true } }, list: [{ a: 1 }], none: {} })).toEqual([
    ['lr', 1],
    ['opt.name', 'x'],
    ['opt.deep.on', true],
    ['list', [{ a: 1 }]],
    ['none', {}],
  ])
})
