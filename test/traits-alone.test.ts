import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readCode } from './read-code.ts'
import { projectRoot } from './started-app.ts'

// The group of a customer must reach nothing that decides, foretells, lists or sends (trap T24): so few files may name
// the table, or ask the store for it.
const files = readdirSync(join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
  .map((name) => ({ name, code: readCode(readFileSync(join(projectRoot, 'src', name), 'utf8')).uncommented }))
const naming = (pattern: RegExp) => files.flatMap(({ name, code }) => (pattern.test(code) ? [name] : [])).sort()

test('few files name the table of who belongs to which group', () => {
  expect(naming(/\bcustomer_traits\b/)).toEqual([
    'store/distribution.ts',
    'store/traits.ts',
    'store/views/customer-export-view.ts',
  ])
})

test('only the comparison and the page of the customer read it, and only erasure and uploads change it', () => {
  expect(naming(/\breadCustomerTraits\b/)).toEqual([
    'flows/act/checks/work-out-equality.ts',
    'flows/act/privacy/show-held.ts',
    'store/traits.ts',
  ])
  expect(naming(/\b(saveCustomerTraits|forgetCustomerTraits)\b/)).toEqual([
    'flows/act/checks/take-groups.ts',
    'flows/act/checks/work-out-equality.ts',
    'store/traits.ts',
  ])
  expect(naming(/\beraseCustomerTraits\b/)).toEqual(['store/erase.ts', 'store/traits.ts'])
})

test('nothing that scores or decides knows of traits', () => {
  expect(
    naming(/\/(equality|traits)(\/|\.ts|-)/).filter((name) => /^(flows\/(predict|decide|ingest)|stats)\//.test(name)),
  ).toEqual([])
  expect(naming(/equality\//).filter((name) => name.startsWith('core/'))).toEqual(['core/checks/equal-treatment.ts'])
})
