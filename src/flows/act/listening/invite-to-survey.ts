import { randomUUID } from 'node:crypto'
import { ownEvent } from '../../../contract/ingest.ts'
import { pageTexts } from '../../../contract/page-texts/page-words.ts'
import type { SurveyInvitation, SurveyWish } from '../../../contract/surveys.ts'
import type { Locale } from '../../../contract/words.ts'
import type { MessageValues } from '../../../contract/write-message.ts'
import { assert } from '../../../core/assert.ts'
import type { AskingChannel } from '../../../core/listening/asking-rules.ts'
import { type MayAsk, mayAsk } from '../../../core/listening/may-ask.ts'
import { surveyScales } from '../../../core/listening/survey.ts'
import type { Relationship } from '../../../core/relationship/relationship.ts'
import { DAY_MS, instant } from '../../../core/time/instant.ts'
import { lockSlots } from '../../../store/contact-slots.ts'
import type { Tx } from '../../../store/db.ts'
import { readSaved } from '../../../store/relationships.ts'
import { readSettings } from '../../../store/settings.ts'
import { addOccasion } from '../../../store/survey-occasions.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import { emit } from '../../emit.ts'
import { type KnownPerson, personOf } from '../../person-of.ts'
import { preferencePath } from '../../preference-link.ts'
import { queueMessage } from '../../queue-message.ts'
import { readLinkKey, signLink } from '../../signed-link.ts'
import { spokenBy } from '../../spoken-by.ts'
import { circumstancesOf, readSurroundings } from '../../surroundings.ts'
import type { World } from '../../world.ts'

const OPEN_DAYS = 30

/**
 * Asks a customer by hand, if the contact policy allows it. Invitation, mail and the policy's memory of it are one
 * transaction, and two who ask at the same time wait for each other: nobody is asked twice within the rest. What came of
 * it is kept, with the chance of being left out by lot.
 */
export async function inviteToSurvey(
  world: World,
  wish: SurveyWish,
): Promise<SurveyInvitation | Readonly<{ kind: 'customer-unknown' }>> {
  const occasion = `hand:${randomUUID()}`
  return appendDecided(world, async (tx): Promise<Decided<SurveyInvitation | { kind: 'customer-unknown' }>> => {
    const person = await personOf(tx, wish.customer)
    if (person === undefined) return { events: [], answer: { kind: 'customer-unknown' } }
    const { customer } = person
    const asked = await askPolicy(world, tx, person, 'email')
    await addOccasion(tx, { ...asked, customer, occasion, rule: 'hand', kind: wish.kind, at: world.now() })
    return invite(world, tx, { person, wish, channel: 'email', asked })
  })
}

/** What the contact policy says of asking somebody now, and the survey that follows. Holds the customer until the end. */
export async function askPolicy(
  world: World,
  tx: Tx,
  { customer }: KnownPerson,
  channel: AskingChannel,
): Promise<Asking> {
  const held = await lockSlots(tx, customer)
  // Whoever asked meanwhile has let go by now: who waited for that sees it.
  const state = (await readSaved(tx, [customer])).get(customer)?.state ?? null
  assert(state !== null, 'somebody who was known a moment ago still is')
  const surroundings = await readSurroundings(tx)
  const { policy } = surroundings
  const said = mayAsk(policy, circumstancesOf(state, held, surroundings), { channel, now: world.now() })
  const survey = said.outcome === 'asked' ? randomUUID() : null
  return { ...said, probability: policy.neverAskedShare, survey }
}

/** The answer of the policy, the chance of being left out by lot, and the survey of somebody who may be asked. */
type Asking = MayAsk & Readonly<{ probability: number; survey: string | null }>

type Asked = Readonly<{
  person: KnownPerson
  wish: SurveyWish
  channel: AskingChannel
  asked: Asking
}>

/** Writes the invitation of somebody who may be asked, its mail, and the event; or tells which rules spoke against it. */
export async function invite(
  world: World,
  tx: Tx,
  { person: { customer, state }, wish, channel, asked: { survey, rules } }: Asked,
): Promise<Decided<SurveyInvitation>> {
  if (survey === null)
    return { events: [], answer: { invited: false, survey, path: null, url: null, mailed: false, rules: [...rules] } }
  const at = world.now()
  const { kind, failure = '', contact = '' } = wish
  const subject = JSON.stringify([survey, kind, failure, contact])
  const expiresAt = instant(at + OPEN_DAYS * DAY_MS)
  const signed = `/survey/${signLink(await readLinkKey(tx), { purpose: 'survey', customer, subject, expiresAt })}`
  const language = wish.language ?? spokenBy(state)
  const { timeZone: zone } = await readSettings(tx)
  const mailed =
    channel === 'email' && (await mailInvitation(world, tx, { state, survey, kind, path: signed, language, zone }))
  const path = `${signed}?lang=${language}`
  await emit(world, tx, { type: 'survey.invited', customer, data: { survey, kind, channel, path } })
  return {
    events: [ownEvent({ id: `${survey} invited`, customer, type: 'survey.invited', at, data: { survey, kind } })],
    answer: {
      invited: true,
      survey,
      path,
      url: world.publicUrl === undefined ? null : `${world.publicUrl}${path}`,
      mailed,
      rules: [...rules],
    },
  }
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
  const link = `${world.publicUrl}${path}?lang=${language}`
  const queued = await queueMessage(world, tx, {
    customer: state.customer,
    to: email,
    kind: 'survey.invitation',
    language,
    timeZone: zone,
    values: invitationValues({
      kind,
      language,
      link,
      preferences: `${world.publicUrl}${preferences}?lang=${language}`,
    }),
    cause: `survey ${survey}`,
  })
  assert(queued.kind !== 'refused', 'an invitation can be written from our own words')
  return true
}

/** What an invitation is written from: the question, its scale as links, and the way to say no to more. */
export function invitationValues({
  kind,
  language,
  link,
  preferences,
}: Readonly<{ kind: SurveyWish['kind']; language: Locale; link: string; preferences: string }>): MessageValues {
  const { about, kinds } = pageTexts[language].survey
  const { question } = kinds[kind]
  return { what: about[kind], question, scale: scaleLinks(link, kind, language), link, preferences }
}

/** Each answer of a single question as a link that opens its page with it chosen; none for several items. */
function scaleLinks(address: string, kind: SurveyWish['kind'], language: Locale): string {
  const { items, low, high } = pageTexts[language].survey.kinds[kind]
  if (items.length > 0) return ''
  const [min, max] = surveyScales[kind]
  return Array.from({ length: max - min + 1 }, (_, place) => {
    const score = min + place
    const end = score === min ? ` ${low}` : score === max ? ` ${high}` : ''
    return `${score}${end}\t${address}&score=${score}`
  }).join('\n')
}
