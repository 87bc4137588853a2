import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AxeResults, Result } from 'axe-core'
import type { Page } from 'playwright'

/** The first is looked at by all rules, the other by those that colours alone can break: it is the same page. */
export const THEMES = ['dark', 'light'] as const
export type Theme = (typeof THEMES)[number]

const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

/** What axe has against a page, one line each: rule, place, reason. */
export async function complaints(
  page: Page,
  theme: Theme,
  within = 'html',
  counts: (complaint: Result) => boolean = () => true,
): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.evaluate(
      await readFile(join(import.meta.dirname, '../node_modules/axe-core/axe.min.js'), 'utf8'),
    )
  }
  const runOnly = theme === THEMES[0] ? {} : { runOnly: { type: 'rule', values: COLOUR_RULES } }
  const options = JSON.stringify({ resultTypes: ['violations'], ...runOnly })
  const { violations } = (await page.evaluate(`axe.run('${within}', ${options})`)) as AxeResults
  return violations
    .filter(counts)
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
    )
}
