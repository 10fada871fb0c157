import type {
  CustomerPage,
  Estimate as EstimateView,
  LedgerEntryView,
  ScoredCustomerPage,
} from '../../contract/show.ts'
import type { Locale } from '../../contract/words.ts'
import { ledgerSentence, staticSentence } from '../../contract/words.ts'
import { assert } from '../../core/assert.ts'
import {
  type Estimate,
  type Fan,
  type Forecast,
  forecast,
  goodwillEstimate,
  referenceStay,
  VALUE_MONTHS,
} from '../../core/goodwill/forecast.ts'
import { type LedgerEntry, ledger } from '../../core/goodwill/goodwill.ts'
import { openFailures, standing } from '../../core/goodwill/score.ts'
import { otherMoney } from '../../core/relationship/other-money.ts'
import type { Relationship } from '../../core/relationship/relationship.ts'
import { ordersInYear } from '../../core/relationship/reserve.ts'
import { voucherBalanceMinor } from '../../core/relationship/standing.ts'
import { monthlyMinor, paidInYearMinor } from '../../core/relationship/trade.ts'
import { type Instant, instant, rfc3339 } from '../../core/time/instant.ts'
import type { Db, Tx } from '../../store/db.ts'
import type { FirmSettings } from '../../store/settings.ts'
import { type CustomerRead, findCustomer } from '../../store/views/customer-view.ts'
import { foresee } from './foresee.ts'

/** The page of a customer, with the revision of the state and the settings that it was computed from. */
export type ShownCustomer =
  | Readonly<{ kind: 'customer'; page: CustomerPage; revision: number; settings: FirmSettings }>
  | Readonly<{ kind: 'customer-unknown' }>

const FAN_MONTHS = 12

/**
 * One customer as of the instant that screens speak of: everything is computed from the stored state by the live model. Somebody who was merged
 * into another is answered as that one, and `mergedInto` names it.
 */
export async function showCustomer(
  db: Db,
  key: string,
  locale: Locale,
  asOf: (tx: Tx) => Promise<Instant>,
): Promise<ShownCustomer> {
  const [asked, screensAt] = await db.together((tx) => Promise.all([findCustomer(tx, key), asOf(tx)]))
  const root = asked === undefined || asked.root === null ? asked : await findCustomer(db, asked.root)
  if (root === undefined || root.state === null || root.state.lastAt === null) return { kind: 'customer-unknown' }
  // An event may lie a few minutes ahead of our clock, and nothing is scored before its last event.
  const at = instant(Math.max(screensAt, root.state.lastAt))
  const known = knownOf(root, root.state, at, root.customer === key ? null : root.customer)
  const refusedAt = root.state.profilingRefusedAt
  if (refusedAt !== null) {
    const page = { ...known, profilingRefusedAt: rfc3339(refusedAt) }
    return { kind: 'customer', page, revision: root.revision, settings: root.settings }
  }
  const ahead = forecast(root.state, root.model, root.settings, at)
  const page: CustomerPage = {
    ...known,
    profilingRefusedAt: null,
    ...figuresOf(root, root.state, ahead, { at, locale }),
    foreseen: await foresee(db, root, root.state, { ahead, at, locale }),
  }
  return { kind: 'customer', page, revision: root.revision, settings: root.settings }
}

type Known = Omit<Extract<CustomerPage, { profilingRefusedAt: string }>, 'profilingRefusedAt'>

function knownOf(read: CustomerRead, state: Relationship, at: Instant, mergedInto: string | null): Known {
  const { model, settings } = read
  const { person, facts } = state
  return {
    customer: read.customer,
    members: [...read.members],
    mergedInto,
    name: person.name,
    email: person.email,
    phone: person.phone,
    locale: person.locale,
    segment: person.segment,
    since: timeOf(facts.startedAt),
    erased: person.erased,
    eventCount: state.eventCount,
    asOf: rfc3339(at),
    scoredAt: rfc3339(read.scoredAt ?? at),
    model: {
      version: model.version,
      exits: model.exits,
      interceptFrom: model.intercept.from,
      dataTo: timeOf(read.modelDataTo),
    },
    facts: factsOf(state, at, settings.currency),
    moments: person.moments.map(({ kind, at: momentAt }) => ({ kind, at: rfc3339(momentAt) })),
  }
}

type FiguresOfPage = Omit<ScoredCustomerPage, keyof Known | 'profilingRefusedAt' | 'foreseen'>

function figuresOf(
  { model, settings }: CustomerRead,
  state: Relationship,
  { stay, points, value, atStake, future }: Forecast,
  { at, locale }: Readonly<{ at: Instant; locale: Locale }>,
): FiguresOfPage {
  const statement = ledger(state, model, at)
  return {
    goodwill: { ...goodwillEstimate(state, model, at), value: statement.balance },
    intercept: statement.intercept,
    statics: statement.statics.map(({ covariate, amount }) => ({
      covariate,
      sentence: staticSentence(locale, covariate),
      amount,
    })),
    linearPredictor: statement.linearPredictor,
    leaveThisMonth: 1 / (1 + Math.exp(-statement.linearPredictor)),
    stay,
    reference: referenceStay(model),
    points,
    value: money(value),
    valueMonths: VALUE_MONTHS,
    atStake:
      atStake === null
        ? null
        : { amount: money(atStake.amount), repaired: money(atStake.repaired), neglected: money(atStake.neglected) },
    future: {
      months: Array.from({ length: FAN_MONTHS + 1 }, (_, month) => month),
      repaired: future.repaired === null ? null : fanView(future.repaired),
      neglected: fanView(future.neglected),
    },
    entries: statement.entries.map((entry) => entryView(entry, locale, settings.timeZone)),
  }
}

function factsOf(state: Relationship, at: Instant, currency: string): CustomerPage['facts'] {
  const { facts, exit } = state
  return {
    orders12: ordersInYear(facts, at),
    paid12: paidInYearMinor(facts, at, currency),
    monthlyValue: monthlyMinor(facts, currency),
    openFailures: openFailures(state, at),
    openPromises: facts.promises.filter(({ due }) => due > at).length,
    doubleDeviationAt: timeOf(facts.doubleDeviation?.at ?? null),
    exitRequestedAt: timeOf(exit.requestedAt),
    leftAt: timeOf(standing(state, at).leftAt),
    conductNotedAt: timeOf(state.conductNotedAt),
    voucherBalance: voucherBalanceMinor(state.vouchers, at, currency),
    otherMoney: otherMoney(state, at, currency).map(({ currency: other, paidInYear, monthly, vouchers }) => ({
      currency: other,
      paid12: paidInYear,
      monthlyValue: monthly,
      voucherBalance: vouchers,
    })),
  }
}

/** One line of the statement in the reader's language. */
function entryView(entry: LedgerEntry, locale: Locale, timeZone: string): LedgerEntryView {
  const { sentence, detail, fades: words } = ledgerSentence(locale, entry, timeZone)
  const { event, covariate, group, at, mark, posted, now } = entry
  return {
    key: entryKey(entry),
    event,
    covariate,
    group,
    at: rfc3339(at),
    mark,
    sentence,
    detail,
    posted,
    now,
    fades: { ...fadesView(entry.fades), words },
  }
}

/** Stable name of an entry: the event, the covariate, and the failure that it belongs to. */
export const entryKey = ({ event, covariate, group }: LedgerEntry): string =>
  `${event}:${covariate}${group === null ? '' : `:${group}`}`

function fadesView(fades: LedgerEntry['fades']): Omit<LedgerEntryView['fades'], 'words'> {
  if (fades.kind === 'half-life') return { kind: fades.kind, days: fades.days }
  if (fades.kind === 'until') return { kind: fades.kind, until: rfc3339(fades.until) }
  return { kind: fades.kind }
}

const timeOf = (at: Instant | null): string | null => (at === null ? null : rfc3339(at))

/** Money is whole minor units wherever it travels. */
export function money({ value, low, high }: Estimate): EstimateView {
  assert(low <= high, 'an interval is never turned around')
  return { value: Math.round(value), low: Math.round(low), high: Math.round(high) }
}

const fanView = ({ median, low80, high80, low50, high50 }: Fan): ScoredCustomerPage['future']['neglected'] => ({
  median: [...median],
  low80: [...low80],
  high80: [...high80],
  low50: [...low50],
  high50: [...high50],
})
