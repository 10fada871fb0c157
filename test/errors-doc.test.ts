import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { errorsText } from '../src/contract/errors-text.ts'
import { errorCodes } from '../src/core/error-codes.ts'

const doc = readFileSync(new URL('../docs/errors.md', import.meta.url), 'utf8')

test('docs/errors.md explains every code, and no other', () => {
  const explained = [...doc.matchAll(/^## (\S+)$/gm)].map(([, code]) => code)
  expect(explained).toEqual(Object.keys(errorCodes))
  expect(doc.match(/^- \*\*What to do\.\*\* \S/gm)).toHaveLength(explained.length)
})

test('docs/errors.md is what node scripts/write-errors-doc.ts writes', () => {
  expect(doc).toBe(errorsText())
})
