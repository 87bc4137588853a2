import { expect, it } from 'vitest'
import { button, mount, only } from '../mounted.fixture.ts'
import { FactTable } from './fact-table.tsx'

it('folds what is long, and shows all of it when it is asked for', () => {
  const config = JSON.stringify(Array.from({ length: 1_000 }, (_, index) => index))
  mount(() => <FactTable label="Params" facts={[{ name: 'config', value: config, kind: 'json' }]} />)
  const cell = only('td')
  expect(cell.textContent.length).toBeLessThan(400)
  button('Show all 3,891 characters').click()
  expect(cell.textContent).toContain(config)
  button('Show less').click()
  expect(cell.textContent.length).toBeLessThan(400)
})

it('draws thousands of facts a page at a time', () => {
  const facts = Array.from({ length: 1_000 }, (_, index) => ({
    name: `fact ${index}`,
    value: 'x',
    kind: 'text' as const,
  }))
  mount(() => <FactTable label="Facts" facts={facts} />)
  expect(document.querySelectorAll('tr')).toHaveLength(200)
  button('Show more of 1,000').click()
  expect(document.querySelectorAll('tr')).toHaveLength(400)
})
