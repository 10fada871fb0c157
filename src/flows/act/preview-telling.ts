import { randomUUID } from 'node:crypto'
import type { TellingPreview, TellingWish } from '../../contract/case-tellings.ts'
import type { Locale } from '../../contract/words.ts'
import type { NotWritten } from '../../contract/write-message.ts'
import { type Instant, rfc3339 } from '../../core/instant.ts'
import type { RecoveryCase } from '../../core/recovery-case.ts'
import { countApologies, findPromises } from '../../core/reply-text.ts'
import { findCase } from '../../store/cases.ts'
import type { Tx } from '../../store/db.ts'
import type { Keeping } from '../begin-case.ts'
import { aboutOf, addressOf, type CaseMail, ownerOf, previewCaseMail, readAddressee } from '../case-mail.ts'
import { mayRead } from '../case-sight.ts'
import { readKeeping } from '../step-case.ts'
import type { World } from '../world.ts'
import { answerDue, PHRASE_LENGTH_MAX, type TellingOrder } from './tell-customer.ts'

/** What would be sent, and what was found in it; undefined when there is no case that the caller sees. Stores nothing. */
export async function previewTelling(
  world: World,
  id: string,
  { caller, wish }: Omit<TellingOrder, 'revision'>,
): Promise<TellingPreview | NotWritten | undefined> {
  const found = await findCase(world.db, id)
  if (found === undefined || !mayRead(caller, found.state)) return undefined
  const { state } = found
  return world.db.transaction(async (tx) => {
    const keeping = await readKeeping(world, tx, state)
    const addressee = await readAddressee(world, tx, state)
    const language = wish.language ?? addressee.language
    const until = wish.about === 'case.acknowledged' ? answerDue(acknowledged(state, keeping), keeping) : null
    const values = await previewValues(world, tx, state, { wish, language, until })
    const mail = { about: wish.about, language, timeZone: keeping.standards.timeZone, cause: randomUUID(), values }
    const written = await previewCaseMail(world, tx, state, mail, addressee)
    if (written.kind === 'refused') return written
    const { now, standards } = keeping
    const text = wish.text ?? ''
    const found = findPromises(text, { language, now, calendar: standards.policy.calendar })
    const { subject, body, html } = written
    return {
      way: addressee.way,
      to: addressee.to,
      language,
      subject,
      body,
      html,
      promises: found.map(({ start, end, phrase, dueAt }) => ({
        start,
        end,
        phrase: phrase.slice(0, PHRASE_LENGTH_MAX),
        due: dueAt === null ? null : rfc3339(dueAt),
      })),
      apologies: countApologies(text, language),
      apologisedAt: state.round.apologisedAt === null ? null : rfc3339(state.round.apologisedAt),
      until: until === null ? null : rfc3339(until),
    }
  })
}

const acknowledged = (state: RecoveryCase, { now }: Keeping): RecoveryCase => ({
  ...state,
  round: { ...state.round, acknowledgedAt: state.round.acknowledgedAt ?? now },
})

async function previewValues(
  world: World,
  tx: Tx,
  state: RecoveryCase,
  { wish, language, until }: Readonly<{ wish: TellingWish; language: Locale; until: Instant | null }>,
): Promise<CaseMail['values']> {
  const what = wish.what ?? (await aboutOf(tx, state, language))
  // The page that it leads to is made when it is sent: what stands here has the form of its address.
  const link = addressOf(world, '/', language) ?? 'https://example.org/'
  switch (wish.about) {
    case 'case.acknowledged': {
      const owner = await ownerOf(tx, state, language)
      const when = until === null ? {} : { until: rfc3339(until) }
      return { what, ...(owner === null ? {} : { owner }), ...when }
    }
    case 'case.reply':
      return { text: wish.text ?? '…' }
    case 'remedy.choice':
      return { what, link, ...(wish.offer === undefined ? {} : { until: wish.offer.until }) }
    case 'fix.done':
      return { what, ...(wish.how === undefined ? {} : { how: wish.how }) }
    case 'fix.confirmation':
    case 'follow-up':
      return { what, link }
    case 'final.response':
      return { what }
  }
}
