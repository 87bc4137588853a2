import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const GALLERY = import.meta.dirname
const WIDGETS = resolve(GALLERY, '../../../src/widgets')

/** The files whose states the gallery shows, in its own words: loading all of them takes seconds. */
function shownFiles(): string[] {
  return readdirSync(GALLERY)
    .filter((name) => name.endsWith('.tsx'))
    .flatMap((name) => [...readFileSync(join(GALLERY, name), 'utf8').matchAll(/^ {2}'([\w/-]+\.tsx)': /gm)])
    .map(([, file = '']) => file)
}

describe('the gallery', () => {
  it('shows every widget once, and none that is gone', () => {
    const files = readdirSync(WIDGETS, { recursive: true, encoding: 'utf8' })
    const widgets = files.filter((file) => file.endsWith('.tsx') && !file.endsWith('.test.tsx'))
    expect(shownFiles().toSorted()).toEqual(widgets.toSorted())
  })
})
