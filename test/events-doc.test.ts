import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fieldsOf } from '../src/contract/event-meanings.ts'
import { eventsText } from '../src/contract/events-text.ts'
import { eventTypes } from '../src/core/relationship/vocabulary.ts'

const doc = readFileSync(new URL('../docs/events.md', import.meta.url), 'utf8')

test('docs/events.md tells of every type once, with all its fields', () => {
  const sections = new Map(
    doc
      .split(/^### /m)
      .slice(1)
      .map((section) => [section.split('\n')[0], section]),
  )
  expect([...sections.keys()].sort()).toEqual([...eventTypes].sort())
  for (const type of eventTypes) {
    for (const { name, required } of fieldsOf(type)) {
      expect(sections.get(type)).toMatch(
        new RegExp(`^\\| \`${name}\` \\| [^|]+ \\| ${required ? 'yes' : 'no'} \\| [^|]+\\. \\|$`, 'm'),
      )
    }
  }
})

test('docs/events.md is what node scripts/write-events-doc.ts writes', () => {
  expect(doc).toBe(eventsText())
})
