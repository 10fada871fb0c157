import type { SurveyInvitationPreview, SurveyWish } from '../../../contract/surveys.ts'
import { contactSentence, type Locale } from '../../../contract/words.ts'
import { assert } from '../../../core/assert.ts'
import { mayContact } from '../../../core/contact/may-contact.ts'
import { rfc3339 } from '../../../core/time/instant.ts'
import { linkAhead } from '../../link-ahead.ts'
import { personOf } from '../../person-of.ts'
import { previewMessage } from '../../queue-message.ts'
import { spokenBy } from '../../spoken-by.ts'
import { circumstancesOf, readSurroundings } from '../../surroundings.ts'
import type { World } from '../../world.ts'
import { invitationValues } from './invite-to-survey.ts'

/** What would be sent, and whether it may be, with the reason of each rule in the reader's language. Nothing is stored. */
export async function previewInvitation(
  world: World,
  wish: SurveyWish,
  reader: Locale,
): Promise<SurveyInvitationPreview | undefined> {
  return world.db.transaction(async (tx) => {
    const person = await personOf(tx, wish.customer)
    if (person === undefined) return undefined
    const { state } = person
    const surroundings = await readSurroundings(tx)
    const question = { purpose: 'survey', channel: 'email', category: null, asked: false } as const
    const verdict = mayContact(surroundings.policy, circumstancesOf(state, [], surroundings), question, world.now())
    const language = wish.language ?? spokenBy(state)
    const written = await previewMessage(tx, {
      kind: 'survey.invitation',
      language,
      timeZone: surroundings.zone,
      values: invitationValues({
        ...{ kind: wish.kind, language },
        link: linkAhead(world, 'survey', language),
        preferences: linkAhead(world, 'preferences', language),
      }),
    })
    assert(written.kind === 'written', 'an invitation can be written from our own words')
    const { email } = state.person
    return {
      allowed: verdict.allowed,
      spoke: verdict.spoke.map((one) => ({
        rule: one.rule,
        reason: contactSentence(reader, one, surroundings.zone),
        until: one.until === null ? null : rfc3339(one.until),
      })),
      nextAllowedAt: verdict.nextAllowedAt === null ? null : rfc3339(verdict.nextAllowedAt),
      way: email === null ? 'no-address' : world.publicUrl === undefined ? 'no-public-url' : 'open',
      ...{ to: email, language, subject: written.subject, body: written.body, html: written.html },
    }
  })
}
