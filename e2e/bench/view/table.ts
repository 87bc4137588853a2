import type { Page } from 'playwright'

export interface TableTimes {
  /** From a click on the head of a column until its rows are drawn in the new order. */
  readonly sortMs: readonly number[]
  /** The most frames one after another with a blank row in view, over all jumps. */
  readonly blankFrames: number
}

/** Sorts by one column after the other. Errors: throws where the rows are not in order then. */
async function sort(page: Page, columns: readonly string[], rounds: number): Promise<readonly number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const column = columns[round % columns.length] ?? ''
    const head = page.locator(`.table-header-cell[data-column="${column}"]`)
    times.push(
      await head.evaluate(async (element) => {
        const button = element.querySelector<HTMLElement>('[data-action="sort"]')
        const before = element.getAttribute('aria-sort')
        const start = performance.now()
        button?.click()
        do await new Promise((resolve) => requestAnimationFrame(resolve))
        while (
          element.getAttribute('aria-sort') === before ||
          document.documentElement.dataset['idle'] !== 'true'
        )
        // This frame is yet to be laid out and painted; a task comes after that.
        await new Promise((resolve) => setTimeout(resolve))
        return performance.now() - start
      }),
    )
    const isSorted = await head.evaluate((element) => {
      const at = element.getAttribute('data-column') ?? ''
      const values = [...document.querySelectorAll<HTMLElement>('.table-row')]
        .toSorted((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex))
        .slice(0, 20)
        .map((row) => Number(row.querySelector(`[data-column="${CSS.escape(at)}"]`)?.textContent))
      const ordered = values.toSorted((a, b) => a - b)
      const wanted = element.getAttribute('aria-sort') === 'descending' ? ordered.toReversed() : ordered
      return values.length === 20 && values.every((value, index) => value === wanted[index])
    })
    if (!isSorted) throw new Error(`the rows are not in order of ${column}`)
  }
  return times
}

/** Flings and jumps through the rows and looks at every frame whether one in view says nothing. */
async function scroll(page: Page, column: string): Promise<number> {
  return page.getByRole('grid').evaluate(async (scroller, column) => {
    const isBlank = (): boolean => {
      const { left, top, bottom } = scroller.getBoundingClientRect()
      for (let y = top + 50; y < bottom - 20; y += 28) {
        const row = document.elementFromPoint(left + 60, y)?.closest('.table-row')
        const name = row?.querySelector('.name-cell-name')?.textContent ?? ''
        const value = row?.querySelector(`[data-column="${CSS.escape(column)}"]`)?.textContent ?? ''
        if (name === '' || value === '') return true
      }
      return false
    }
    const fling = Array.from({ length: 120 }, (_, at) => (at + 1) * 900)
    const jumps = [270_000, 5_000, 140_000, 60_000, 200_000, 0]
    let worst = 0
    let inARow = 0
    for (const to of [...fling, ...jumps.flatMap((jump) => [jump, jump, jump, jump])]) {
      scroller.scrollTop = to
      await new Promise((resolve) => requestAnimationFrame(resolve))
      // After what the frame draws.
      await new Promise((resolve) => setTimeout(resolve))
      inARow = isBlank() ? inARow + 1 : 0
      worst = Math.max(worst, inARow)
    }
    return worst
  }, column)
}

/** The table as a user has it: sorted by this and that, and scrolled. */
export async function measureTable(
  page: Page,
  columns: readonly string[],
  rounds: number,
): Promise<TableTimes> {
  const sortMs = await sort(page, columns, rounds)
  await page.getByRole('grid').evaluate((scroller) => scroller.scrollTo(0, 0))
  return { sortMs, blankFrames: await scroll(page, 'param:lr') }
}
