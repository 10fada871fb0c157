import type { Accepted } from '../../../contract/ingest.ts'
import { type AskingRule, askingOccasions } from '../../../core/listening/asking-rules.ts'
import { monthOf, stillHolds } from '../../../core/listening/occasion.ts'
import { DAY_MS, type Instant, instant } from '../../../core/time/instant.ts'
import type { Tx } from '../../../store/db.ts'
import { readLog } from '../../../store/log.ts'
import {
  type DueOccasion,
  hasAskedSince,
  holdOccasions,
  postponeOccasion,
  readDueOccasions,
  settleOccasion,
  takeOccasion,
} from '../../../store/survey-occasions.ts'
import { listeningTo } from '../../../store/webhooks.ts'
import { appendDecided } from '../../append-events.ts'
import { readAskingRules } from '../../asking-rules.ts'
import { type KnownPerson, personOf } from '../../person-of.ts'
import type { World } from '../../world.ts'
import { heedDue } from '../cases/heed-due.ts'
import { askPolicy, invite } from './invite-to-survey.ts'

/**
 * Asks customers whose occasion has come, as the firm's rules say and the contact policy allows. No person has a say in
 * whom, so nobody can choose the answers (trap T29). Occasion, invitation and mail are one transaction: any number of
 * workers may do this at once, and one that dies leaves the occasion to the next. Answers how many were looked at.
 */
export function watchOccasions(world: World, signal: AbortSignal): Promise<number> {
  return heedDue(
    (limit) => readDueOccasions(world.db, world.now(), limit),
    (due) => appendDecided(world, async (tx) => ({ events: await heed(world, tx, due), answer: undefined })),
    signal,
  )
}

async function heed(world: World, tx: Tx, due: DueOccasion): Promise<readonly Accepted[]> {
  const now = world.now()
  if (!(await takeOccasion(tx, due, now))) return []
  const { rules, everyMonths } = (await readAskingRules(tx)).rules
  const name = askingOccasions.find((one) => one === due.rule)
  const rule = name === undefined ? undefined : rules[name]
  const refuse = async (because: string): Promise<readonly Accepted[]> => {
    await settleOccasion(tx, due, { at: now, outcome: 'refused', because, probability: 0, survey: null })
    return []
  }
  if (rule === undefined || name === undefined || !rule.on) return refuse('rule-off')
  const person = await personOf(tx, due.customer)
  if (person === undefined) return refuse('not-so')
  const events = await readLog(tx, person.keys)
  if (!stillHolds({ rule: name, about: due.about }, { state: person.state, events })) return refuse('not-so')
  if (name === 'subscription month') await holdNext(tx, due, person, { ...rule, everyMonths, now })
  const since = instant(now - rule.restDays * DAY_MS)
  if (await hasAskedSince(tx, person.keys, { rule: name, since })) return refuse('rule-rest')
  if (!(await hasWay(world, tx, person, rule))) return refuse('no-way')
  const asked = await askPolicy(world, tx, person, rule.channel)
  if (asked.againAt !== null) {
    await postponeOccasion(tx, due, asked.againAt)
    return []
  }
  await settleOccasion(tx, due, { ...asked, kind: rule.kind, at: now })
  const wish = {
    customer: person.customer,
    kind: rule.kind,
    ...(name === 'case closed' ? { failure: due.about } : {}),
    ...(name === 'contact closed' ? { contact: due.about } : {}),
  }
  return (await invite(world, tx, { person, wish, channel: rule.channel, asked })).events
}

/** A subscription comes up again and again, whatever came of this turn. */
async function holdNext(
  tx: Tx,
  { customer, about }: DueOccasion,
  { state }: KnownPerson,
  { kind, waitHours, everyMonths, now }: AskingRule & Readonly<{ everyMonths: number; now: Instant }>,
): Promise<void> {
  const running = state.facts.subscriptions.find(({ subscription }) => subscription === about)
  if (running === undefined) return
  const occasion = monthOf(running, { waitHours, everyMonths, after: now })
  await holdOccasions(tx, [{ customer, occasion, kind, at: running.at }])
}

/** Whether an invitation would reach the customer, or a tool of the firm that passes it on. */
async function hasWay(world: World, tx: Tx, { state }: KnownPerson, { channel }: AskingRule): Promise<boolean> {
  if (world.publicUrl === undefined) return false
  if (channel === 'email') return world.mail !== undefined && state.person.email !== null
  return (await listeningTo(tx, 'survey.invited')).length > 0
}
