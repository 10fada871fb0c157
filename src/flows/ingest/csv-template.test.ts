import { expect, test } from 'vitest'
import { importInto, MemoryLog, scratch } from '../../../test/scratch-import.ts'
import { eventTypes } from '../../core/relationship/vocabulary.ts'
import { csvTemplate, eventGroups, typesOfGroup } from './csv-template.ts'
import { readMapping } from './mapping.ts'

test('every event type is in exactly one group', () => {
  expect(eventGroups.flatMap(typesOfGroup).sort()).toEqual([...eventTypes].sort())
})

test.each(eventGroups)(
  'the template %s reads back through the mapping events, each example an event',
  async (group) => {
    await using place = await scratch({ [`${group}.csv`]: csvTemplate(group) })
    const log = new MemoryLog()
    const result = await importInto(log, place, { mapping: await readMapping('events') })
    expect(result).toMatchObject({ kind: 'done', report: { rejected: 0, problems: [] } })
    expect(
      log
        .wire()
        .map(({ type }) => type)
        .sort(),
    ).toEqual([...typesOfGroup(group)].sort())
  },
)

test('all templates together, with events as NDJSON, are one import', async () => {
  const native = {
    customer: 'customer-2',
    type: 'order.placed',
    at: '2026-01-15T09:30:00+01:00',
    id: 'n-1',
    data: { order: 'o-1', value: 5, items: [1] },
  }
  const files = Object.fromEntries(
    eventGroups.map((group) => [`${group}.csv`, csvTemplate(group).replaceAll(',row-', `,${group}-`)]),
  )
  await using place = await scratch({ ...files, 'native.ndjson': `${JSON.stringify(native)}\n` })
  const log = new MemoryLog()
  const result = await importInto(log, place, { mapping: await readMapping('events') })
  expect(result).toMatchObject({ kind: 'done', report: { accepted: eventTypes.length + 1, rejected: 0 } })
  expect(log.wire().find(({ id }) => id === 'n-1')).toEqual({ ...native, source: 'import:events' })
})
