import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOME, parseRoute, routeToHash } from './hash-route.ts'

describe('hash routes', () => {
  it('come back from the address bar as they went in', () => {
    const id = fc.string({ minLength: 1, unit: 'binary' })
    fc.assert(
      fc.property(
        id,
        fc.option(id),
        fc.option(id),
        fc.webQueryParameters(),
        (database, experimentId, run, link) => {
          const runId = experimentId === null ? null : run
          const route = { database, experimentId, runId, view: experimentId === null ? '' : link }
          expect(parseRoute(routeToHash(route))).toEqual(route)
        },
      ),
    )
  })

  it('start at home for an empty or broken hash', () => {
    expect(parseRoute('')).toEqual(HOME)
    expect(parseRoute('#/')).toEqual(HOME)
    expect(parseRoute('#/%E0%A4%A')).toEqual(HOME)
    expect(routeToHash(HOME)).toBe('#/')
  })

  it('leave a broken run out and keep the experiment', () => {
    expect(parseRoute('#/own/abc/%E0%A4%A')).toEqual({
      database: 'own',
      experimentId: 'abc',
      runId: null,
      view: '',
    })
  })
})
