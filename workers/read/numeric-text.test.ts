import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { REAL_OR_NULL } from '../../src/model/column.ts'
import { numericTextSql, parseNumericText } from '../../src/model/numeric-text.ts'
import { OWN_DATABASE } from '../../src/protocol/database-id.ts'
import { openDatabase } from '../db/database.ts'
import { openMemoryFiles } from '../db/memory-files.ts'
import { loadEngine } from '../db/sqlite.ts'

it('takes the same texts for the same numbers in code and in SQL', async () => {
  const { sql } = await openDatabase(openMemoryFiles(await loadEngine(), 'a test'), OWN_DATABASE)
  const inSql = (text: string): number | null | undefined =>
    sql.value(`select ${numericTextSql('(?1)')}`, [text], REAL_OR_NULL)
  const agrees = (text: string): void => {
    expect(inSql(text)).toBe(parseNumericText(text))
  }
  for (const text of ['1e-3', '10', ' 8\n', '+.5', '-5.', '1e5', '0.1', '007', '9007199254740993']) {
    expect(parseNumericText(text)).not.toBeNull()
    agrees(text)
  }
  const texts = [
    '1,5',
    '10px',
    '',
    ' ',
    '.',
    '-',
    'e5',
    '1e',
    '1e+',
    '0x10',
    '1_000',
    'NaN',
    'Infinity',
    '1e999',
    '-1e999',
    '1 2',
    '\u00a01',
  ]
  for (const text of texts) {
    expect(parseNumericText(text)).toBeNull()
    agrees(text)
  }
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'0159.eE+- \t,x') }), agrees))
})
