import { randomUUID } from 'node:crypto'
import { ownEvent } from '../../contract/ingest.ts'
import { pageTexts } from '../../contract/page-words.ts'
import type { SurveyInvitation, SurveyWish } from '../../contract/surveys.ts'
import type { Locale } from '../../contract/words.ts'
import { assert } from '../../core/assert.ts'
import { DAY_MS, instant } from '../../core/instant.ts'
import { mayContact } from '../../core/may-contact.ts'
import type { Relationship } from '../../core/relationship.ts'
import { lockSlots } from '../../store/contact-slots.ts'
import type { Tx } from '../../store/db.ts'
import { readSaved } from '../../store/relationships.ts'
import { addOccasion } from '../../store/survey-occasions.ts'
import { appendDecided, type Decided } from '../append-events.ts'
import { preferencePath } from '../preference-link.ts'
import { queueMessage } from '../queue-message.ts'
import { readLinkKey, signLink } from '../signed-link.ts'
import { spokenBy } from '../spoken-by.ts'
import { circumstancesOf, readSurroundings } from '../surroundings.ts'
import type { World } from '../world.ts'

const OPEN_DAYS = 30

/** What made us ask: a rule of the firm and the occasion that it saw, or somebody by hand. */
export type Occasion = Readonly<{ rule: string; occasion: string }>

/**
 * Asks a customer, if the contact policy allows it. Invitation, mail and the policy's memory of it are one transaction,
 * and two who ask at the same time wait for each other: nobody is asked twice within the rest, or on one occasion. What
 * came of the occasion is kept, with the chance of being left out by lot.
 */
export async function inviteToSurvey(
  world: World,
  wish: SurveyWish,
  { rule, occasion }: Occasion = { rule: 'hand', occasion: `hand:${randomUUID()}` },
): Promise<SurveyInvitation | Readonly<{ kind: 'customer-unknown' }>> {
  const at = world.now()
  return appendDecided(world, async (tx): Promise<Decided<SurveyInvitation | { kind: 'customer-unknown' }>> => {
    const row = (await readSaved(tx, [wish.customer])).get(wish.customer)
    const customer = row?.root ?? wish.customer
    const held = await lockSlots(tx, customer)
    const state = (await readSaved(tx, [customer])).get(customer)?.state ?? null
    if (state === null) return { events: [], answer: { kind: 'customer-unknown' } }
    const surroundings = await readSurroundings(tx)
    const question = { purpose: 'survey', channel: 'email', category: null, asked: false } as const
    const verdict = mayContact(surroundings.policy, circumstancesOf(state, held, surroundings), question, at)
    const rules = verdict.spoke.map((said) => said.rule)
    const blocks = verdict.spoke.filter(({ effect }) => effect === 'blocks').map((said) => said.rule)
    const survey = randomUUID()
    // Only whom nothing but the lot keeps from being asked can be compared with those who were.
    const isLeftOut = blocks.every((said) => said === 'never-asked')
    const isNew = await addOccasion(tx, {
      ...{ customer, occasion, rule, kind: wish.kind, at, because: blocks[0] ?? null },
      outcome: verdict.allowed ? 'asked' : isLeftOut ? 'never-asked' : 'refused',
      probability: surroundings.policy.neverAskedShare,
      survey: verdict.allowed ? survey : null,
    })
    if (!verdict.allowed || !isNew) {
      return { events: [], answer: { invited: false, survey: null, path: null, mailed: false, rules } }
    }
    const { kind, failure = '', contact = '' } = wish
    const subject = JSON.stringify([survey, kind, failure, contact])
    const expiresAt = instant(at + OPEN_DAYS * DAY_MS)
    const path = `/survey/${signLink(await readLinkKey(tx), { purpose: 'survey', customer, subject, expiresAt })}`
    const language = wish.language ?? spokenBy(state)
    const mailed = await mailInvitation(world, tx, { state, survey, kind, path, language, zone: surroundings.zone })
    return {
      events: [ownEvent({ id: `${survey} invited`, customer, type: 'survey.invited', at, data: { survey, kind } })],
      answer: { invited: true, survey, path: `${path}?lang=${language}`, mailed, rules },
    }
  })
}

type Invitation = Readonly<{
  state: Relationship
  survey: string
  kind: SurveyWish['kind']
  path: string
  language: Locale
  zone: string
}>

async function mailInvitation(
  world: World,
  tx: Tx,
  { state, survey, kind, path, language, zone }: Invitation,
): Promise<boolean> {
  const { email } = state.person
  if (email === null || world.publicUrl === undefined) return false
  const preferences = await preferencePath(tx, { customer: state.customer, purpose: 'survey', now: world.now() })
  const queued = await queueMessage(world, tx, {
    customer: state.customer,
    to: email,
    kind: 'survey.invitation',
    language,
    timeZone: zone,
    values: {
      what: pageTexts[language].survey.about[kind],
      link: `${world.publicUrl}${path}?lang=${language}`,
      preferences: `${world.publicUrl}${preferences}?lang=${language}`,
    },
    cause: `survey ${survey}`,
  })
  assert(queued.kind !== 'refused', 'an invitation can be written from our own words')
  return true
}
