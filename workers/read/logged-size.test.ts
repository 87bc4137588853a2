import { describe, expect, it } from 'vitest'
import type { ArraySection, Change } from '../../src/model/log-batch.ts'
import { arraySectionOf, randomBytes } from '../store-suite/arrays.fixture.ts'
import { openWorkshop, runStart, unwrap } from '../store-suite/workshop.fixture.ts'

const RUN = 'k3v90a1x5wq20d7m8ztc'

/** Pictures of so many bytes, all different. */
function picturesOf(count: number, bytes: number): readonly ArraySection[] {
  return Array.from({ length: count }, (_, index) => ({
    ...arraySectionOf('samples', 'uint8', [bytes], [index], randomBytes(bytes, index + bytes)),
    runId: RUN,
    media: { kind: 'image', meta: JSON.stringify({ mime: 'image/png', caption: `picture ${index}` }) },
  }))
}

const LINES: Change = {
  type: 'addConsole',
  runId: RUN,
  lines: Array.from({ length: 4_000 }, (_, index) => ({
    time: 1_700_000_000_000.5 + index,
    step: index,
    level: 'log',
    text: `step ${index}: the loss is ${1 / (index + 1)}`,
  })),
}

/** What an export is larger by because of what was logged, and what was told of it before. */
async function measure(changes: readonly Change[], arrays: readonly ArraySection[]) {
  const workshop = await openWorkshop()
  await workshop.commit([runStart(RUN), runStart('b')])
  const without = await workshop.exportAll('db')
  await workshop.commit(changes, {}, arrays)
  await workshop.service.nameBlobs()
  const [experiment] = unwrap(await workshop.service.readExperiments('own'))
  const ask = async (runIds: readonly string[] | null): Promise<number> =>
    unwrap(
      await workshop.service.measureLogged({ database: 'own', experimentId: experiment?.id ?? '', runIds }),
    )
  return { more: (await workshop.exportAll('db')).size - without.size, ask }
}

describe('how large what was logged besides points is in a file', () => {
  it.each([
    ['very small pictures', [], picturesOf(2_000, 90)],
    ['pictures that share a page', [], picturesOf(800, 700)],
    ['pictures as large as half a page', [], picturesOf(400, 2_200)],
    ['pictures larger than a page', [], picturesOf(200, 5_000)],
    [
      'large arrays',
      [],
      [{ ...arraySectionOf('w', 'float64', [400_000], [1], randomBytes(3_200_000, 1)), runId: RUN }],
    ],
    ['lines of a console', [LINES], []],
  ])('is known of %s to within a few percent', async (_, changes, arrays) => {
    const { more, ask } = await measure(changes, arrays)
    const told = await ask(null)
    expect(told).toBeGreaterThan(0.95 * more)
    expect(told).toBeLessThan(1.05 * more)
  })

  it('counts a picture once however often it was logged, and only of the runs that were chosen', async () => {
    const [picture] = picturesOf(1, 300_000)
    if (picture === undefined) throw new Error('There is a picture')
    const again = { ...picture, key: 'again' }
    const { more, ask } = await measure([], [picture, again])
    expect(await ask(null)).toBeLessThan(1.05 * more)
    expect(await ask(['b'])).toBe(0)
    expect(await ask([RUN])).toBe(await ask(null))
  })
})
