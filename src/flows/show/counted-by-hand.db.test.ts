import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyFirm, type Firm } from '../../../test/any-firm.ts'
import { day, event } from '../../../test/arbitrary-history.ts'
import { freshDb } from '../../../test/fresh-db.ts'
import { testWorld } from '../../../test/test-world.ts'
import { openFailures } from '../../core/goodwill/score.ts'
import { customerKey } from '../../core/ids.ts'
import { surveyScales } from '../../core/listening/survey.ts'
import type { CustomerEvent } from '../../core/relationship/event.ts'
import { groupsOf, mergedInto } from '../../core/relationship/group.ts'
import { foldAll, inForce, type Relationship } from '../../core/relationship/relationship.ts'
import { DAY_MS, type Instant, instant, instantOf } from '../../core/time/instant.ts'
import { append } from '../../store/log.ts'
import { readFixesDue, readPromisesDue } from '../../store/views/due-view.ts'
import { readGiven } from '../../store/views/given-view.ts'
import {
  readCauses,
  readDetection,
  readDoubleDeviations,
  readFirstFailureAt,
  readLetDownCustomers,
} from '../../store/views/let-downs-view.ts'
import {
  readAnswers,
  readAnswersBySegment,
  readAsked,
  readComplaintWeeks,
  readSilence,
} from '../../store/views/listening-view.ts'
import { countActive, countLeft } from '../../store/views/overview-view.ts'
import { foldAnew } from '../append-events.ts'

/** What the statements of the overview and of Listening say of random firms, against the same counted by hand. */

const WEEKS = 26
const WEEK_MS = 7 * DAY_MS
const { db } = await freshDb()
const world = testWorld(db, day(1_000))

type Of<Type extends CustomerEvent['type']> = Extract<CustomerEvent, { type: Type }>

async function fill(events: readonly CustomerEvent[]): Promise<void> {
  for (const table of ['events', 'relationships', 'states', 'search_terms']) await db.change(`delete from ${table}`)
  await append(
    db,
    events.map((event) => ({ event, dataJson: JSON.stringify(event.data), prose: [] })),
  )
  await foldAnew(world, [...new Set(events.map(({ customer }) => String(customer)))])
}

/** What was said and not taken back, by customer. */
const said = (events: readonly CustomerEvent[]): readonly CustomerEvent[] =>
  [...Map.groupBy(events, ({ customer }) => customer).values()].flatMap(inForce)

const within = (at: Instant, from: number, asOf: number): boolean => at > from && at <= asOf
const weekOf = (at: Instant, asOf: Instant): number => Math.floor((asOf - at) / WEEK_MS)
const byWeek = <Row>(count: (week: number) => Row): readonly Row[] =>
  Array.from({ length: WEEKS }, (_, place) => count(WEEKS - 1 - place))

/** How often each thing comes, for what is told in no order. */
function tally(things: readonly unknown[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const thing of things) counts[JSON.stringify(thing)] = (counts[JSON.stringify(thing)] ?? 0) + 1
  return counts
}

/** The same of rows that each say how often. */
const times = <Name extends string>(rows: readonly Readonly<Record<Name, number>>[], name: Name) =>
  tally(rows.flatMap(({ [name]: count, ...row }) => Array.from({ length: count }, () => row)))

const isLetDown = (event: CustomerEvent): event is Of<'failure.occurred'> =>
  event.type === 'failure.occurred' && event.data.atFault !== 'customer'
const isFailedRecovery = (
  event: CustomerEvent,
): event is Of<'failure.reopened' | 'failure.confirmed' | 'failure.closed'> =>
  event.type === 'failure.reopened' ||
  (event.type === 'failure.confirmed' && !event.data.satisfied) ||
  (event.type === 'failure.closed' && event.data.fixed === false)

async function holdsOnce(property: (firm: Firm) => Promise<void>, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(anyFirm, async (firm) => {
      await fill(firm.events)
      await property(firm)
    }),
    // Shrinking a firm takes minutes: the seed and the path of a failure lead back to it.
    { numRuns, endOnFailure: true },
  )
}

const RUNS = Number(process.env.AMENDS_TEST_RUNS ?? 20)

test('the overview counts what a reader of the log would count', async () => {
  await holdsOnce(async ({ events, asOf, days }) => {
    const from = instant(asOf - days * DAY_MS)
    const told = said(events)
    const letDowns = told.filter(isLetDown)
    const recent = letDowns.filter(({ at }) => within(at, from, asOf))
    const weeks = { asOf, weekCount: WEEKS }

    const customersBack = Array.from({ length: WEEKS + 1 }, (_, back) => {
      const end = asOf - back * WEEK_MS
      return new Set(letDowns.filter(({ at }) => within(at, end - days * DAY_MS, end)).map(({ customer }) => customer))
        .size
    })
    const found = await readLetDownCustomers(db, { ...weeks, days })
    expect(customersBack.map((_, back) => found.get(back) ?? 0)).toEqual(customersBack)

    const ofWeeks = letDowns.filter(({ at }) => within(at, asOf - WEEKS * WEEK_MS, asOf))
    const causes = [...Map.groupBy(ofWeeks, ({ data }) => data.category ?? '')]
      .map(([category, all]) => ({
        category,
        all,
        weeks: byWeek((week) => all.filter(({ at }) => weekOf(at, asOf) === week).length),
      }))
      .toSorted((a, b) => b.all.length - a.all.length || (a.category < b.category ? -1 : 1))
    expect(await readCauses(db, { ...weeks, causesMax: 3 })).toEqual(
      causes.slice(0, 3).map(({ category, weeks }) => ({ category, weeks })),
    )

    const noticed = recent.flatMap(({ data }) => data.detectedBy ?? [])
    expect(await readDetection(db, { from, asOf })).toEqual({
      byCustomer: noticed.filter((by) => by === 'customer').length,
      known: noticed.length,
    })

    const firsts = events.filter(({ type }) => type === 'failure.occurred').map(({ at }) => at)
    expect(await readFirstFailureAt(db)).toBe(firsts.length === 0 ? null : Math.min(...firsts))

    const failed = told.filter(isFailedRecovery)
    expect(await readDoubleDeviations(db, weeks)).toEqual(
      byWeek((week) => {
        const here = failed.filter(({ at }) => at <= asOf && weekOf(at, asOf) === week)
        return Object.keys(tally(here.map(({ customer, data }) => [customer, data.failure]))).length
      }),
    )
  }, RUNS)
})

/** What is said of one promise or failure of a customer after the event that began it, until an instant. */
const after = <Type extends CustomerEvent>(began: CustomerEvent, all: readonly Type[], asOf: Instant) =>
  all.filter(({ customer, at }) => customer === began.customer && at >= began.at && at <= asOf)

const isInTime = (at: readonly number[], due: Instant) => Math.min(...at) <= due

test('promises and fixes are judged by what was said of them from when they were made until now', async () => {
  await holdsOnce(async ({ events, asOf, days }) => {
    const from = instant(asOf - Math.ceil(days) * DAY_MS)
    const told = said(events)
    const isDue = (due: Instant, since: number) => due > since && due <= asOf

    const promises = told.filter(
      (event): event is Of<'promise.made'> => event.type === 'promise.made' && event.at <= asOf,
    )
    const outcomes = told.filter(
      (event): event is Of<'promise.kept' | 'promise.exceeded' | 'promise.broken'> =>
        event.type === 'promise.kept' || event.type === 'promise.exceeded' || event.type === 'promise.broken',
    )
    const due = promises.filter(({ data }) => isDue(instantOf(data.due), from))
    const kept = due.filter((made) => {
      const own = after(made, outcomes, asOf).filter(({ data }) => data.promise === made.data.promise)
      const keptAt = own.flatMap((one) =>
        one.type === 'promise.broken'
          ? []
          : one.type === 'promise.kept' && one.data.at !== undefined
            ? [instantOf(one.data.at)]
            : [one.at],
      )
      const brokenAt = own.flatMap((one) => (one.type === 'promise.broken' ? [one.at] : []))
      return isInTime(keptAt, instantOf(made.data.due)) && Math.min(...brokenAt) > Math.min(...keptAt)
    })
    expect(await readPromisesDue(db, { from, asOf })).toEqual({ due: due.length, inTime: kept.length })

    const fixable = told.filter(
      (event): event is Of<'failure.occurred'> => event.type === 'failure.occurred' && event.at <= asOf,
    )
    const fixes = told.filter((event): event is Of<'failure.fixed'> => event.type === 'failure.fixed')
    const failed = told.filter(isFailedRecovery)
    const fixesDue = fixable.flatMap((failure) => {
      const promised = failure.data.promisedFixBy
      if (promised === undefined || !isDue(instantOf(promised), asOf - WEEKS * WEEK_MS)) return []
      const own = after(failure, fixes, asOf).filter(({ data }) => data.failure === failure.data.failure)
      const held = own.filter(
        (fix) =>
          !after(fix, failed, asOf).some(
            ({ at, data }) => data.failure === fix.data.failure && at > fix.at && at <= fix.at + 14 * DAY_MS,
          ),
      )
      return {
        due: instantOf(promised),
        inTime: isInTime(
          held.map(({ at }) => at),
          instantOf(promised),
        ),
      }
    })
    const sumOf = (all: typeof fixesDue) => ({ due: all.length, inTime: all.filter(({ inTime }) => inTime).length })
    const { period, weeks } = await readFixesDue(db, { from, asOf, weekCount: WEEKS })
    expect(period).toEqual(sumOf(fixesDue.filter(({ due }) => isDue(due, from))))
    expect(byWeek((week) => weeks.get(week) ?? { due: 0, inTime: 0 })).toEqual(
      byWeek((week) => sumOf(fixesDue.filter(({ due }) => weekOf(due, asOf) === week))),
    )
  }, RUNS)
})

/** Those of a firm as persons: whoever was merged stands with the one into whom. */
function personsOf(events: readonly CustomerEvent[]): readonly Relationship[] {
  const logs = Map.groupBy(events, ({ customer }) => String(customer))
  const pointers = [...logs].map(([customer, log]) => ({ customer, mergedInto: mergedInto(inForce(log)) }))
  return groupsOf(pointers).map(({ root, members }) =>
    foldAll(
      customerKey(root),
      [root, ...members].flatMap((key) => logs.get(key) ?? []),
    ),
  )
}

test('who was active, who left and what was given is counted as the states and the log have it', async () => {
  await holdsOnce(async ({ events, asOf, days }) => {
    const from = instant(asOf - days * DAY_MS)
    const persons = personsOf(events).filter(({ lastAt }) => lastAt !== null)
    expect(await countActive(db, from)).toBe(persons.filter(({ lastAt }) => (lastAt ?? 0) > from).length)

    const left = persons.flatMap(({ exit: { leftAt }, facts }) =>
      leftAt !== null && within(leftAt, from, asOf) ? [{ leftAt, failures: facts.failures }] : [],
    )
    const letDown = left.filter(({ leftAt, failures }) =>
      failures.some(({ at }) => within(at, leftAt - 90 * DAY_MS, leftAt)),
    )
    expect(await countLeft(db, { from, asOf, days: 90 })).toEqual({ count: left.length, afterFailure: letDown.length })

    const given = said(events).filter(
      (event): event is Of<'failure.compensated' | 'gesture.made' | 'reward.granted'> =>
        ['failure.compensated', 'gesture.made', 'reward.granted'].includes(event.type) && within(event.at, from, asOf),
    )
    const sumOf = (amounts: readonly (number | undefined)[]) =>
      amounts.reduce<number>((sum, one) => sum + (one ?? 0), 0)
    const rows = [...Map.groupBy(given, ({ data }) => data.currency ?? null)].map(([currency, all]) => ({
      currency,
      compensation: sumOf(all.map((one) => (one.type === 'failure.compensated' ? one.data.value : 0))),
      gestures: sumOf(
        all.map((one) =>
          one.type === 'gesture.made' ? one.data.cost : one.type === 'reward.granted' ? one.data.value : 0,
        ),
      ),
      count: all.length,
    }))
    expect(tally(await readGiven(db, { from, asOf }))).toEqual(tally(rows))
  }, RUNS)
})

test('what was said before a promise was made settles it not, and a fix holds for 14 days', async () => {
  const on = (days: number) => new Date(day(days)).toISOString()
  await fill([
    event(1, 'promise.made', { promise: 'p', due: on(12) }),
    event(5, 'promise.kept', { promise: 'q' }),
    event(8, 'promise.made', { promise: 'q', due: on(14) }),
    event(1, 'failure.occurred', { failure: 'f', severity: 'major', promisedFixBy: on(15) }),
    event(2, 'failure.fixed', { failure: 'f' }),
    event(15, 'failure.reopened', { failure: 'f' }),
  ])
  const period = { from: day(10), asOf: day(20) }
  expect(await readPromisesDue(db, period)).toEqual({ due: 2, inTime: 0 })
  expect((await readFixesDue(db, { ...period, weekCount: WEEKS })).period).toEqual({ due: 1, inTime: 0 })
})

test('who was let down before leaving counts as such, also where something failed after it', async () => {
  const events = [
    event(1, 'subscription.started', { subscription: 's', monthlyValue: 5_000 }),
    event(300, 'failure.occurred', { failure: 'before', severity: 'major' }),
    event(320, 'subscription.ended', { subscription: 's', by: 'customer' }),
    event(330, 'failure.occurred', { failure: 'final bill', severity: 'major' }),
  ]
  await fill(events)
  expect(await countLeft(db, { from: day(310), asOf: day(340), days: 90 })).toEqual({ count: 1, afterFailure: 1 })
  expect(await countLeft(db, { from: day(310), asOf: day(340), days: 19 })).toEqual({ count: 1, afterFailure: 0 })
})

function shareOf({ data: { kind, score, min, max } }: Of<'survey.answered'>): number | null {
  const [lowest, highest] = surveyScales[kind]
  const share = (score - (min ?? lowest)) / ((max ?? highest) - (min ?? lowest))
  return share >= 0 && share <= 1 ? share : null
}

const wall = new Intl.DateTimeFormat('en', { timeZone: 'America/Sao_Paulo', year: 'numeric', month: 'numeric' })
const monthOf = (at: Instant): number => {
  const [month = 0, year = 0] = wall.format(at).split('/').map(Number)
  return 12 * year + month
}

test('Listening counts what a reader of the log would count', async () => {
  await holdsOnce(async ({ events, asOf, days }) => {
    const [from, recentFrom] = [instant(asOf - WEEKS * WEEK_MS), instant(asOf - Math.max(days, 20) * DAY_MS)]
    const told = said(events)
    const here = told.filter(({ at }) => within(at, from, asOf))
    const answers = here.flatMap((event) => {
      const share = event.type === 'survey.answered' ? shareOf(event) : null
      return event.type === 'survey.answered' && share !== null ? [{ ...event, share }] : []
    })
    const surveys = here.filter((event): event is Of<'survey.invited'> => event.type === 'survey.invited')
    const isAnswered = (customer: string, survey?: string) =>
      here.some(
        (event) =>
          event.type === 'survey.answered' &&
          event.customer === customer &&
          (survey === undefined || event.data.survey === survey),
      )
    for (const step of ['week', 'month'] as const) {
      const pieces = { from, asOf, step, timeZone: 'America/Sao_Paulo' }
      const backOf = (at: Instant) => (step === 'week' ? weekOf(at, asOf) : monthOf(asOf) - monthOf(at))
      expect(times(await readAnswers(db, pieces, recentFrom), 'count')).toEqual(
        tally(
          answers.map(({ at, share, data }) => ({ kind: data.kind, back: backOf(at), recent: at > recentFrom, share })),
        ),
      )
      const asked = [...Map.groupBy(surveys, ({ customer, data }) => `${customer} ${data.survey}`).values()].map(
        (all) => {
          const at = instant(Math.min(...all.map((one) => one.at)))
          const [kind] = all.map(({ data }) => data.kind).toSorted()
          const [first] = all
          return {
            kind,
            back: backOf(at),
            recent: at > recentFrom,
            has: isAnswered(first?.customer ?? '', first?.data.survey),
          }
        },
      )
      const rows = await readAsked(db, pieces, recentFrom)
      const shortOf = (all: typeof asked) => tally(all.map(({ kind, back, recent }) => ({ kind, back, recent })))
      expect(
        times(
          rows.map(({ answered: _, ...row }) => row),
          'asked',
        ),
      ).toEqual(shortOf(asked))
      expect(
        times(
          rows.map(({ asked: _, ...row }) => row),
          'answered',
        ),
      ).toEqual(shortOf(asked.filter(({ has }) => has)))
    }

    const recent = answers.filter(({ at }) => at > recentFrom)
    const segments = new Map(personsOf(events).map((state) => [state.customer, state.person.segment]))
    const ofSegments = recent.flatMap(({ customer, share, data: { kind } }) => {
      const part = segments.get(customer) ?? null
      return part === null ? [] : [{ customer, kind, part, share }]
    })
    const since = { from: recentFrom, asOf }
    const bySegment = await readAnswersBySegment(db, since)
    expect(
      times(
        bySegment.map(({ customers: _, ...row }) => row),
        'count',
      ),
    ).toEqual(tally(ofSegments.map(({ customer: _, ...one }) => one)))
    for (const { kind, part, customers } of bySegment) {
      const who = ofSegments.filter((one) => one.kind === kind && one.part === part).map(({ customer }) => customer)
      expect(customers).toBe(new Set(who).size)
    }

    const open = new Map(personsOf(events).map((state) => [state.customer, openFailures(state, state.lastAt ?? asOf)]))
    const asked = [...new Set(surveys.map(({ customer }) => customer))]
    const silent = asked.filter((customer) => !isAnswered(customer))
    expect(await readSilence(db, { from, asOf })).toEqual({
      asked: asked.length,
      silent: silent.length,
      withOpen: silent.filter((customer) => (open.get(customer) ?? 0) > 0).length,
    })

    const complained = (failure: Of<'failure.occurred'>) =>
      failure.data.detectedBy === 'customer' ||
      told.some(
        (event) =>
          event.customer === failure.customer &&
          event.at >= failure.at &&
          event.at < failure.at + 14 * DAY_MS &&
          (event.type === 'dispute.opened' ||
            event.type === 'post.published' ||
            (event.type === 'contact.opened' && (event.data.direction ?? 'in') === 'in')),
      )
    const letDowns = told.filter(isLetDown).filter(({ at }) => at <= asOf)
    expect(await readComplaintWeeks(db, { until: asOf, weekCount: WEEKS })).toEqual(
      byWeek((week) => {
        const failures = letDowns.filter(({ at }) => weekOf(at, asOf) === week)
        return { failures: failures.length, complaints: failures.filter(complained).length }
      }),
    )
  }, RUNS)
})
