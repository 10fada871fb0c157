import { describe, expect, test } from 'vitest'
import { opening, past } from '../../../test/case-lines.ts'
import { customerKey } from '../ids.ts'
import type { CustomerEvent } from '../relationship/event.ts'
import { factsOf } from './case-facts.ts'
import { entryHeard, openingOf } from './case-heard.ts'
import { check, fold, initial } from './recovery-case.ts'

describe('what others say about the failure', () => {
  const heard = (type: string, data: object): CustomerEvent =>
    ({
      id: 'e',
      source: 'helpdesk',
      customer: customerKey('c'),
      at: past(50),
      type,
      data: { failure: 'f', ...data },
    }) as CustomerEvent

  test.each([
    ['failure.acknowledged', {}, 'acknowledged'],
    ['failure.owned', { owner: 'bo' }, 'owned'],
    ['failure.apologised', {}, 'apologised'],
    ['failure.apologised', { specific: false }, null],
    ['failure.fixed', {}, 'fixed'],
    ['failure.compensated', { value: 5 }, 'compensated'],
    ['failure.confirmed', { satisfied: false }, 'confirmed'],
    ['failure.followed_up', {}, 'followed up'],
    ['failure.closed', {}, 'closed'],
    ['failure.closed', { fixed: false }, 'reopened'],
    ['failure.reopened', {}, 'reopened'],
    ['survey.answered', { survey: 's', kind: 'recovery', score: 1 }, 'confirmed'],
    ['survey.answered', { survey: 's', kind: 'recovery', score: 3 }, null],
    ['survey.answered', { survey: 's', kind: 'csat', score: 1 }, null],
    ['order.placed', { order: 'o' }, null],
  ])('%s %j is heard as %s, and told to nobody again', (type, data, kind) => {
    const entry = entryHeard(heard(type, data), ['f'])
    expect(entry?.kind ?? null).toBe(kind)
    expect(entryHeard(heard(type, data), ['another'])).toBeNull()
    if (entry === null) return
    const state = initial(opening())
    check(fold(state, entry))
    expect(factsOf(state, entry)).toEqual([])
  })

  test('a report under another name joins the case, and takes the place of what was inferred', () => {
    const report = heard('failure.occurred', { failure: 'of the shop', severity: 'critical', loss: 900 })
    const entry = entryHeard(report, ['f'])
    if (entry === null) throw new Error('a report is heard')
    const state = fold(initial(opening({ severity: 'minor', lossMinor: null, category: 'late delivery' })), entry)
    expect(state).toMatchObject({ severity: 'critical', lossMinor: 900, category: 'late delivery' })
    expect(entryHeard(report, ['f', 'of the shop'])).toBeNull()
  })

  test('a reported failure opens a case of its own', () => {
    const event = heard('failure.occurred', { severity: 'critical', loss: 700 })
    if (event.type !== 'failure.occurred') throw new Error(event.type)
    const state = initial(openingOf(event, { case: 'k', id: '0', by: 'rule', incident: 'outage', team: null }))
    expect(state).toMatchObject({
      severity: 'critical',
      lossMinor: 700,
      atFault: 'firm',
      incident: 'outage',
      openedAt: past(50),
    })
    expect(factsOf(state, openingOf(event, { case: 'k', id: '0', by: 'rule', incident: null, team: null }))).toEqual([])
  })
})
