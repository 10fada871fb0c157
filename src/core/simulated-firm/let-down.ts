/** A failure and how it is put right: well, so-so, or badly. */

import type { Severity } from '../relationship/failure.ts'
import { DAY_MS, HOUR_MS } from '../time/instant.ts'
import { type Actor, around, between, happens, pickByShare } from './actor.ts'
import { dueOnWire } from './diary.ts'
import { phrase } from './phrases.ts'
import { ask, contact, promise, publicPost } from './talk.ts'
import type { FailureRate } from './truth.ts'
import { issueVoucher } from './voucher.ts'

/** What went wrong. */
export type LetDown = Readonly<{
  at: number
  rate: FailureRate
  order?: string
  incident?: string
  /** When the thing itself comes right (a late parcel arrives), where that is the fix. */
  comesRightAt?: number
}>

// Chances of each step by how the handling goes.
const handlings = {
  good: {
    goes: 0.9,
    acknowledged: 0.97,
    apologised: 0.8,
    apologisedAgain: 0.04,
    secondOwner: 0.05,
    fixed: 0.99,
    fixFactor: 0.5,
    compensated: 0.85,
    share: 1,
    reopened: 0.03,
    confirmed: 0.6,
    followedUp: 0.5,
    disrespect: 0.005,
  },
  ordinary: {
    goes: 0.6,
    acknowledged: 0.75,
    apologised: 0.5,
    apologisedAgain: 0.1,
    secondOwner: 0.3,
    fixed: 0.93,
    fixFactor: 0.95,
    compensated: 0.45,
    share: 0.7,
    reopened: 0.1,
    confirmed: 0.2,
    followedUp: 0.12,
    disrespect: 0.03,
  },
  bad: {
    goes: 0.2,
    acknowledged: 0.35,
    apologised: 0.35,
    apologisedAgain: 0.3,
    secondOwner: 0.6,
    fixed: 0.7,
    fixFactor: 2.2,
    compensated: 0.2,
    share: 0.4,
    reopened: 0.3,
    confirmed: 0.06,
    followedUp: 0.04,
    disrespect: 0.15,
  },
} as const

type Handling = (typeof handlings)[keyof typeof handlings]

const fixDays = { minor: 2, major: 5, critical: 3 } as const
const lossFactor = { minor: 0.25, major: 1, critical: 4 } as const

type Case = Readonly<{
  failure: string
  about: LetDown
  severity: Severity
  handling: Handling
  lossMinor: number
  fixBy: number
  /** When somebody first looked at it. */
  seenAt: number
}>

/** Tells a failure from the report to the follow-up. */
export function letDown(actor: Actor, about: LetDown): void {
  const { chance } = actor
  const { at, rate } = about
  const severity = severityOf(actor, rate)
  const handling =
    handlings[
      pickByShare(
        chance,
        [
          ['good', 0.48],
          ['ordinary', 0.37],
          ['bad', 0.15],
        ],
        'ordinary',
      )
    ]
  const lossMinor = rate.lossMinor === 0 ? 0 : Math.round(around(chance, rate.lossMinor * lossFactor[severity], 0.5))
  const told: Case = {
    failure: actor.name('f'),
    about,
    severity,
    handling,
    lossMinor,
    fixBy: at + fixDays[severity] * DAY_MS,
    seenAt: at + around(chance, (handling.goes > 0.5 ? 3 : 14) * HOUR_MS, 0.8),
  }
  report(actor, told)
  firstSteps(actor, told)
  const fixedAt = firstFix(actor, told)
  promiseOfFix(actor, told, fixedAt)
  ends(actor, told, fixedAt)
}

function severityOf({ chance }: Actor, { severity: [minor, major] }: FailureRate): Severity {
  const drawn = chance.uniform()
  if (drawn < minor) return 'minor'
  return drawn < minor + major ? 'major' : 'critical'
}

function report(actor: Actor, told: Case): void {
  const { chance, diary, truth } = actor
  const { failure, about, severity, handling, lossMinor, fixBy } = told
  const { at, rate, order, incident } = about
  const noticed = happens(chance, rate.noticed)
  const inIncident =
    truth.incident.category === rate.category && at >= truth.incident.fromAt && at < truth.incident.toAt
  const rootCause = inIncident
    ? truth.incident.name
    : (rate.rootCauses[chance.int(rate.rootCauses.length)] ?? 'unknown')
  const disrespect = happens(chance, handling.disrespect)
  diary.note(at, {
    type: 'failure.occurred',
    data: {
      failure,
      category: rate.category,
      severity,
      rootCause,
      atFault: happens(chance, 0.88) ? 'firm' : 'third party',
      detectedBy: noticed ? 'customer' : 'operations',
      promisedFixBy: dueOnWire(fixBy),
      acknowledgeBy: dueOnWire(at + DAY_MS),
      ...(lossMinor > 0 ? { loss: lossMinor, currency: 'EUR' } : {}),
      ...(disrespect ? { disrespect } : {}),
      ...(order === undefined ? {} : { order }),
      ...(incident === undefined ? {} : { incident }),
    },
  })
  if (!noticed) return
  const bad = severity === 'minor' ? 0.35 : 0.7
  if (!happens(chance, bad)) return
  const topic = rate.category
  const text = phrase(chance, actor.locale, topic)
  contact(actor, at + around(chance, 2 * HOUR_MS), { issue: failure, topic, goes: handling.goes, text })
}

const teams = ['desk 1', 'desk 2', 'desk 3', 'field', 'finance'] as const

function firstSteps(actor: Actor, told: Case): void {
  const { chance, diary } = actor
  const { failure, handling, seenAt } = told
  if (happens(chance, handling.acknowledged)) diary.note(seenAt, { type: 'failure.acknowledged', data: { failure } })
  const desk = chance.int(teams.length)
  diary.note(seenAt + 0.3 * HOUR_MS, { type: 'failure.owned', data: { failure, owner: teams[desk] ?? teams[0] } })
  if (happens(chance, handling.secondOwner)) {
    const owner = teams[(desk + 1) % teams.length] ?? teams[0]
    diary.note(seenAt + around(chance, DAY_MS), { type: 'failure.owned', data: { failure, owner } })
  }
  if (happens(chance, handling.apologised)) {
    const at = seenAt + around(chance, 4 * HOUR_MS)
    diary.note(at, {
      type: 'failure.apologised',
      data: { failure, specific: happens(chance, 0.4 + 0.5 * handling.goes) },
    })
    if (happens(chance, handling.apologisedAgain)) {
      diary.note(at + around(chance, 2 * DAY_MS), { type: 'failure.apologised', data: { failure, specific: false } })
    }
  }
}

// Null where it is never fixed.
function firstFix({ chance }: Actor, { about, handling, fixBy, seenAt }: Case): number | null {
  if (about.comesRightAt !== undefined) return Math.max(about.comesRightAt, seenAt + HOUR_MS)
  if (!happens(chance, handling.fixed)) return null
  return seenAt + around(chance, handling.fixFactor * (fixBy - about.at), 0.5)
}

function promiseOfFix(actor: Actor, told: Case, fixedAt: number | null): void {
  const { about, failure, fixBy, seenAt } = told
  const at = seenAt + 0.5 * HOUR_MS
  if (at > fixBy || !happens(actor.chance, 0.55)) return
  promise(actor, at, { about: failure, what: `${about.rate.category}: put right`, dueAt: fixBy, doneAt: fixedAt })
}

function ends(actor: Actor, told: Case, fixedAt: number | null): void {
  const { chance, diary } = actor
  const { failure, about, handling } = told
  if (fixedAt === null) {
    neverFixed(actor, told)
    return
  }
  const how = about.comesRightAt === undefined ? 'repaired' : 'delivered'
  diary.note(fixedAt, { type: 'failure.fixed', data: { failure, how } })
  compensate(actor, told, fixedAt)
  if (happens(chance, handling.reopened)) {
    again(actor, told, fixedAt)
    return
  }
  const satisfied = happens(chance, 0.5 + 0.45 * handling.goes)
  if (happens(chance, handling.confirmed)) {
    const at = fixedAt + around(chance, 20 * HOUR_MS)
    diary.note(at, { type: 'failure.confirmed', data: { failure, satisfied } })
  }
  close(actor, told, fixedAt + around(chance, DAY_MS))
}

function close(actor: Actor, told: Case, at: number): void {
  const { chance, diary } = actor
  const { failure, handling } = told
  diary.note(at, { type: 'failure.closed', data: { failure, fixed: true } })
  if (happens(chance, handling.followedUp)) {
    diary.note(at + between(chance, 4, 13) * DAY_MS, { type: 'failure.followed_up', data: { failure } })
  }
  if (happens(chance, 0.3)) ask(actor, at + between(chance, 1, 3) * DAY_MS, 'recovery', handling.goes, { failure })
}

// A recovery that failed: the customer comes back, the case opens again, and ends weeks later. A double deviation.
function again(actor: Actor, told: Case, fixedAt: number): void {
  const { chance, diary } = actor
  const { failure, about, severity } = told
  const at = fixedAt + between(chance, 1, 8) * DAY_MS
  const topic = about.rate.category
  contact(actor, at, { issue: failure, topic, goes: 0.15, text: phrase(chance, actor.locale, topic) })
  diary.note(at + HOUR_MS, { type: 'failure.reopened', data: { failure, reason: 'not solved' } })
  if (happens(chance, severity === 'minor' ? 0.03 : 0.1)) {
    publicPost(actor, at + around(chance, 3 * DAY_MS), true, topic)
  }
  const fixed = at + around(chance, 9 * DAY_MS)
  diary.note(fixed, { type: 'failure.fixed', data: { failure, how: 'second repair' } })
  close(actor, told, fixed + around(chance, DAY_MS))
}

function neverFixed(actor: Actor, told: Case): void {
  const { chance, diary } = actor
  const { failure, about, severity } = told
  const { at, rate } = about
  const times = chance.poisson(1.3)
  for (let time = 1; time <= times; time += 1) {
    const when = at + time * between(chance, 3, 9) * DAY_MS
    contact(actor, when, { issue: failure, topic: rate.category, goes: 0.1 })
  }
  if (happens(chance, severity === 'minor' ? 0.02 : 0.12)) {
    publicPost(actor, at + between(chance, 5, 30) * DAY_MS, true, rate.category)
  }
  if (severity !== 'minor' && happens(chance, 0.04)) {
    diary.note(at + between(chance, 20, 60) * DAY_MS, { type: 'dispute.opened', data: { kind: 'ombudsman' } })
  }
  // Some are given up in silence, some stay open for good.
  if (happens(chance, 0.6)) {
    diary.note(at + between(chance, 20, 80) * DAY_MS, { type: 'failure.closed', data: { failure, fixed: false } })
  }
}

function compensate(actor: Actor, told: Case, fixedAt: number): void {
  const { chance, diary } = actor
  const { failure, handling, lossMinor } = told
  if (lossMinor === 0 || !happens(chance, handling.compensated)) return
  const at = fixedAt + around(chance, 8 * HOUR_MS)
  const generous = happens(chance, 0.12) ? 1.5 : 1
  const value = Math.max(100, Math.round(lossMinor * handling.share * generous))
  const form = pickByShare(
    chance,
    [
      ['refund', 0.6],
      ['voucher', 0.4],
    ],
    'refund',
  )
  diary.note(at, { type: 'failure.compensated', data: { failure, value, currency: 'EUR', form } })
  if (form === 'voucher') issueVoucher(actor, at + 60_000, { value, origin: 'goodwill', failure })
}
