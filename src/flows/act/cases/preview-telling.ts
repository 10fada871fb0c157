import { randomUUID } from 'node:crypto'
import type { TellingPreview, TellingWish } from '../../../contract/case-tellings.ts'
import { packName, stepInWords } from '../../../contract/regime-words.ts'
import type { Locale } from '../../../contract/words.ts'
import type { NotWritten } from '../../../contract/write-message.ts'
import { caseClocks, openClocks } from '../../../core/cases/case-clocks.ts'
import { nextQuestion } from '../../../core/cases/case-questions.ts'
import { caseRegimes, type LegalChange, legalChanges } from '../../../core/cases/case-regimes.ts'
import type { RecoveryCase } from '../../../core/cases/recovery-case.ts'
import { countApologies, findPromises } from '../../../core/cases/reply-text.ts'
import { type Instant, rfc3339 } from '../../../core/time/instant.ts'
import { findCase } from '../../../store/cases.ts'
import type { Tx } from '../../../store/db.ts'
import type { Keeping } from '../../begin-case.ts'
import type { Caller } from '../../caller.ts'
import { aboutOf, type CaseMail, ownerOf, previewCaseMail, readAddressee, type WayTo } from '../../case-mail.ts'
import { mayRead } from '../../case-sight.ts'
import { linkAhead } from '../../link-ahead.ts'
import { readKeeping } from '../../step-case.ts'
import type { World } from '../../world.ts'
import { refuseOffer } from './make-offer.ts'
import { draftOf, type NotTold, type TellingOrder } from './tell-customer.ts'
import { afterTelling, PHRASE_LENGTH_MAX, wrongTelling } from './telling-steps.ts'

/** A telling as it would be sent, but for the words of its refusal, which depend on who reads. */
type Previewed = Readonly<{
  kind: 'previewed'
  preview: Omit<TellingPreview, 'refusal'>
  refusal: NotTold | null
}>

/** What would be sent, and what was found in it; undefined when there is no case that the caller sees. Stores nothing. */
export async function previewTelling(
  world: World,
  id: string,
  { caller, wish, reader }: Omit<TellingOrder, 'revision'> & Readonly<{ reader: Locale }>,
): Promise<Previewed | NotWritten | undefined> {
  const found = await findCase(world.db, id)
  if (found === undefined || !mayRead(caller, found.state)) return undefined
  const { state } = found
  return world.db.transaction(async (tx) => {
    const keeping = await readKeeping(world, tx, state)
    const addressee = await readAddressee(world, tx, state)
    const language = wish.language ?? addressee.language
    const after = afterTelling(state, { caller, wish, language, keeping })
    const until = after.kind === 'told' ? after.until : null
    const values = await previewValues(world, tx, state, { wish, language, until })
    const mail = { about: wish.about, language, timeZone: keeping.standards.timeZone, cause: randomUUID(), values }
    const written = await previewCaseMail(world, tx, state, mail, addressee)
    if (written.kind === 'refused') return written
    const text = wish.text ?? ''
    const { subject, body, html } = written
    const preview = {
      way: addressee.way,
      to: addressee.to,
      language,
      subject,
      body,
      html,
      promises: promisesIn(text, language, keeping),
      apologies: countApologies(text, language),
      apologisedAt: state.round.apologisedAt === null ? null : rfc3339(state.round.apologisedAt),
      until: until === null ? null : rfc3339(until),
      after: after.kind === 'told' ? afterOf(state, after.state, keeping, reader) : null,
    }
    const refusal = await refusalOf(tx, state, { caller, wish, language, keeping, way: addressee.way, after })
    return { kind: 'previewed', preview, refusal }
  })
}

const promisesIn = (text: string, language: Locale, { now, standards }: Keeping): TellingPreview['promises'] =>
  findPromises(text, { language, now, calendar: standards.policy.calendar }).map(({ start, end, phrase, dueAt }) => ({
    start,
    end,
    phrase: phrase.slice(0, PHRASE_LENGTH_MAX),
    due: dueAt === null ? null : rfc3339(dueAt),
  }))

/** What is done by the telling, what is owed after it, and what the customer hears next. */
function afterOf(
  was: RecoveryCase,
  is: RecoveryCase,
  { standards, now }: Keeping,
  reader: Locale,
): TellingPreview['after'] {
  const doneIn = (state: RecoveryCase) =>
    caseClocks(state, standards.policy, now).flatMap(({ step, doneAt }) => (doneAt === null ? [] : [step]))
  const before = doneIn(was)
  const asks = nextQuestion(is, standards.policy)
  const { regimes } = standards
  return {
    done: doneIn(is).filter((step) => !before.includes(step)),
    owed: openClocks(is, standards.policy, now).map(({ step, clock: { dueAt } }) => ({
      step,
      dueAt: dueAt === null ? null : rfc3339(dueAt),
    })),
    legal: legalChanges(caseRegimes(was, regimes, now), caseRegimes(is, regimes, now)).map((one) =>
      legalView(one, regimes, reader),
    ),
    waitingFor: is.waitingFor,
    asks: asks === null ? null : { question: asks.question, from: rfc3339(asks.from) },
  }
}

function legalView(
  { pack, kind, deadline: { step, dueAt } }: LegalChange,
  regimes: Keeping['standards']['regimes'],
  reader: Locale,
): NonNullable<TellingPreview['after']>['legal'][number] {
  return {
    pack,
    packName: packName(reader, regimes.get(pack)?.pack.name ?? pack),
    step: step.id,
    name: stepInWords(reader, step).name,
    kind,
    effect: step.effect,
    letter: step.letter !== null && !step.optional,
    dueAt: dueAt === null ? null : rfc3339(dueAt),
  }
}

type Asked = Readonly<{
  caller: Caller
  wish: TellingWish
  language: Locale
  keeping: Keeping
  way: WayTo
  after: ReturnType<typeof afterTelling>
}>

async function refusalOf(tx: Tx, state: RecoveryCase, asked: Asked): Promise<NotTold | null> {
  const { caller, wish, language, keeping, way, after } = asked
  if ((wish.channel ?? 'email') === 'email' && way !== 'open') {
    return { kind: 'telling-refused', because: 'way-closed', way }
  }
  const wrong = wrongTelling(state, wish, language, keeping)
  if (wrong !== null) return { kind: 'telling-refused', because: wrong, way }
  if (after.kind === 'refused') return { ...after, timeZone: keeping.standards.timeZone }
  if (wish.about !== 'remedy.choice') return null
  return refuseOffer(tx, state, { caller, draft: draftOf(wish.offer), keeping })
}

async function previewValues(
  world: World,
  tx: Tx,
  state: RecoveryCase,
  { wish, language, until }: Readonly<{ wish: TellingWish; language: Locale; until: Instant | null }>,
): Promise<CaseMail['values']> {
  const what = wish.what ?? (await aboutOf(tx, state, language))
  switch (wish.about) {
    case 'case.acknowledged': {
      const owner = await ownerOf(tx, state, language)
      const when = until === null ? {} : { until: rfc3339(until) }
      return { what, ...(owner === null ? {} : { owner }), ...when }
    }
    case 'case.reply':
      return { text: wish.text ?? '…' }
    case 'remedy.choice':
      return {
        what,
        link: linkAhead(world, 'remedy', language),
        ...(wish.offer === undefined ? {} : { until: wish.offer.until }),
      }
    case 'fix.done':
      return { what, ...(wish.how === undefined ? {} : { how: wish.how }) }
    case 'fix.confirmation':
    case 'follow-up':
      return { what, link: linkAhead(world, 'answer', language) }
    case 'final.response':
      return { what }
  }
}
