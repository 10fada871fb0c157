import { tellingChannels } from '../../contract/case-tellings.ts'
import type { CaseTold } from '../../contract/case-told.ts'
import { nextQuestion } from '../../core/cases/case-questions.ts'
import type { RecoveryCase } from '../../core/cases/recovery-case.ts'
import { UUID } from '../../core/ids.ts'
import { type Instant, instant, rfc3339 } from '../../core/time/instant.ts'
import { readAbout, readEntries } from '../../store/cases.ts'
import { readLetters } from '../../store/letters.ts'
import { readCaseMessages, type StoredMessage } from '../../store/messages.ts'
import { readOffers, type StoredOffer } from '../../store/offers.ts'
import { readDeskNames } from '../../store/views/case-queue-view.ts'
import { readAddressee } from '../case-mail.ts'
import { readCaseStandards } from '../case-standards.ts'
import type { World } from '../world.ts'
import { timeOf } from './case-row.ts'

/** What the customer of a case was told, and what is still promised to her. */
export async function readTold(world: World, one: RecoveryCase): Promise<CaseTold> {
  const { db } = world
  const [addressee, about, mails, offers, letters, entries, { policy }] = await Promise.all([
    readAddressee(world, db, one),
    readAbout(db, one),
    readCaseMessages(db, one.customer, one.case),
    readOffers(db, one),
    readLetters(db, one.customer, one.case),
    readEntries(db, one.customer, one.case),
    readCaseStandards(db),
  ])
  const names = await readDeskNames(db, [...new Set(one.promises.map(({ owner }) => owner))])
  const said = new Map(
    entries.flatMap(({ entry }) => (entry.kind === 'promised' ? [[entry.id, entry.what] as const] : [])),
  )
  const asks = nextQuestion(one, policy)
  const { way, to, language } = addressee
  return {
    way,
    to,
    language,
    about,
    apologies: one.round.apologisedAt === null ? 0 : 1,
    mails: mails.map(mailOf),
    others: entries.flatMap(({ entry }) => {
      const channel = entry.kind === 'told' ? tellingChannels.find((name) => name === entry.channel) : undefined
      if (entry.kind !== 'told' || channel === undefined || entry.message !== null) return []
      return [{ about: entry.about, channel, at: rfc3339(instant(entry.at)) }]
    }),
    offers: offers.map(offerOf),
    promises: one.promises.map(({ id, promise, due, keptAt, owner }) => ({
      id,
      promise,
      what: said.get(id) ?? '',
      due: rfc3339(due),
      keptAt: timeOf(keptAt),
      // A person is known by an id, and her name may be gone; a key answers under its own name.
      owner: { id: owner, name: names.get(owner) ?? (UUID.test(owner) ? null : owner) },
    })),
    letters: letters.map(({ id, pack, letter, language: written, madeAt, sha256, isKept }) => ({
      id,
      pack,
      letter,
      language: written,
      madeAt: rfc3339(madeAt),
      sha256,
      isKept,
    })),
    asks: asks === null ? null : { question: asks.question, from: rfc3339(asks.from) },
  }
}

const mailOf = (message: StoredMessage): CaseTold['mails'][number] => {
  const { id, kind, language, subject, body, state, problem, createdAt, sentAt, letter } = message
  const at = (date: Date): Instant => instant(date.getTime())
  const times = { createdAt: rfc3339(at(createdAt)), sentAt: timeOf(sentAt === null ? null : at(sentAt)) }
  return { id, kind, language, subject, body, state, problem, ...times, letter }
}

const offerOf = ({ id, state, offeredAt, until, choices, always, chosen, answeredAt }: StoredOffer) => ({
  id,
  state,
  offeredAt: rfc3339(offeredAt),
  until: rfc3339(until),
  choices: choices.map((choice) => ({ ...choice, fixBy: rfc3339(choice.fixBy) })),
  always,
  chosen,
  answeredAt: timeOf(answeredAt),
})
