import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { GALLERY } from './gallery.tsx'

const WIDGETS = resolve(import.meta.dirname, '../../../src/widgets')

describe('the gallery', () => {
  it('shows every widget, and none that is gone', () => {
    const files = readdirSync(WIDGETS, { recursive: true, encoding: 'utf8' })
    const widgets = files.filter((file) => file.endsWith('.tsx') && !file.endsWith('.test.tsx'))
    expect(Object.keys(GALLERY).toSorted()).toEqual(widgets.toSorted())
  })

  it('shows each in at least one state, each under a name of its own', () => {
    const wrong = Object.entries(GALLERY).filter(([, demos]) => {
      const states = new Set(demos.map(({ state }) => state))
      return states.size === 0 || states.size < demos.length
    })
    expect(wrong.map(([file]) => file)).toEqual([])
  })
})
