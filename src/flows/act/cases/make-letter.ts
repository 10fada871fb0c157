import { randomUUID } from 'node:crypto'
import type { LetterWish } from '../../../contract/case-tellings.ts'
import type { Accepted } from '../../../contract/ingest.ts'
import {
  type DisputeNotice,
  disputeBodies,
  type LetterDocument,
  letterNamed,
  type WrittenLetter,
  writeLetter,
} from '../../../contract/letter.ts'
import type { Locale } from '../../../contract/words.ts'
import { caseRegimes } from '../../../core/cases/case-regimes.ts'
import type { CaseRefusal } from '../../../core/cases/decide-case.ts'
import type { RecoveryCase } from '../../../core/cases/recovery-case.ts'
import type { Instant } from '../../../core/time/instant.ts'
import type { Tx } from '../../../store/db.ts'
import { addLetter } from '../../../store/letters.ts'
import { readSettings } from '../../../store/settings.ts'
import type { Keeping } from '../../begin-case.ts'
import type { Caller } from '../../caller.ts'
import { caseActor } from '../../case-actor.ts'
import { ownerOf } from '../../case-mail.ts'
import { drawPdf } from '../../draw-pdf.ts'
import { stepCase } from '../../step-case.ts'
import type { World } from '../../world.ts'

/** Letters that the firm sends of its own, without any pack. */
const OWN = 'own'

/** Which field of a letter is missing or wrong. */
export type LetterRefusal = Readonly<{ kind: 'letter-wrong'; field: 'letter' | 'pack' | 'found' | 'done' | 'body' }>

type Making = Readonly<{
  caller: Caller
  wish: LetterWish | undefined
  language: Locale
  name: string | null
  what: string
  until: Instant | null
  keeping: Keeping
}>

/**
 * Makes a letter and keeps it as it is, with the entry that it is sent: deadlines that begin with it begin now. What is
 * kept here, to the byte, is what goes out.
 */
export async function makeLetter(
  world: World,
  tx: Tx,
  was: RecoveryCase,
  making: Making,
): Promise<
  LetterRefusal | CaseRefusal | Readonly<{ kind: 'made'; id: string; state: RecoveryCase; events: readonly Accepted[] }>
> {
  const { caller, wish, language, keeping } = making
  const letter = letterNamed(wish?.letter ?? '')
  if (wish === undefined || letter === undefined) return { kind: 'letter-wrong', field: 'letter' }
  const wrong = wrongWish(was, wish, letter, keeping)
  if (wrong !== null) return { kind: 'letter-wrong', field: wrong }
  const actor = caseActor(caller)
  const command = { kind: 'send letter', pack: wish.pack, letter, language } as const
  const sent = await stepCase(world, tx, was, [{ actor, command }], keeping)
  if (sent.kind === 'refused') return sent
  const written = await writtenLetter(tx, sent.state, making)
  if (written.kind === 'letter-wrong') return written
  const id = randomUUID()
  const madeAt = keeping.now
  const kept = { customer: was.customer, case: was.case, id, pack: wish.pack, letter, language, madeAt }
  await addLetter(tx, { ...kept, madeBy: caller.colleague?.id ?? caller.name }, await drawPdf(written.document))
  return { kind: 'made', id, state: sent.state, events: sent.events }
}

/** The letter of a case in which it was sent, before it is drawn. Stores nothing. */
export async function writtenLetter(
  tx: Tx,
  sent: RecoveryCase,
  { wish, language, keeping, name, what, until }: Omit<Making, 'caller'>,
): Promise<LetterRefusal | Readonly<{ kind: 'written'; document: LetterDocument }>> {
  const letter = letterNamed(wish?.letter ?? '')
  if (wish === undefined || letter === undefined) return { kind: 'letter-wrong', field: 'letter' }
  const wrong = wrongWish(sent, wish, letter, keeping)
  if (wrong !== null) return { kind: 'letter-wrong', field: wrong }
  const notice = noticeOf(sent, wish, letter, keeping)
  if (notice === 'body-missing') return { kind: 'letter-wrong', field: 'body' }
  const { firm } = await readSettings(tx)
  const { standards, now } = keeping
  const { remedy } = sent.round
  const document = writeLetter({
    letter,
    language,
    firm: firm ?? '',
    timeZone: standards.timeZone,
    reference: sent.case,
    name,
    what,
    receivedAt: receivedAt(sent, wish),
    writtenAt: now,
    until,
    owner: await ownerOf(tx, sent, language),
    found: wish.found ?? '',
    done: wish.done ?? '',
    remedy: remedy === null || remedy.what === '' ? null : remedy.what,
    notice,
  })
  return { kind: 'written', document }
}

// The day that the letter names is the one from which its pack counts: a case may have opened before she complained.
function receivedAt({ regimes, openedAt }: RecoveryCase, { pack }: LetterWish): Instant {
  const since = regimes.find((regime) => regime.pack === pack && regime.event.endsWith('.received'))
  return since?.at ?? openedAt
}

function wrongWish(
  one: RecoveryCase,
  { pack, found = '', done = '' }: LetterWish,
  letter: WrittenLetter,
  { standards }: Keeping,
): LetterRefusal['field'] | null {
  const known = standards.regimes.get(pack)?.pack
  if (pack !== OWN) {
    if (known === undefined || !one.regimes.some((regime) => regime.pack === pack)) return 'pack'
    if (!known.letters.some(({ id }) => id === letter)) return 'letter'
  }
  if (letter === 'acknowledgement') return null
  if (found.trim() === '') return 'found'
  return done.trim() === '' ? 'done' : null
}

/**
 * Where the customer may go now, as the pack says: until when, where the letter begins a time of hers; at once where it
 * opens a right. Null where the pack knows of nothing.
 */
function noticeOf(
  one: RecoveryCase,
  { pack, body }: LetterWish,
  letter: WrittenLetter,
  { standards, now }: Keeping,
): DisputeNotice | 'body-missing' | null {
  const found = caseRegimes(one, standards.regimes, now).find((regime) => regime.pack === pack)
  const deadlines = found?.deadlines ?? []
  const ends = deadlines.find(({ step }) => step.duty === 'customer' && step.starts === `${letter}.sent`)
  const opens = deadlines.some(({ step }) => step.letter === letter && step.effect === 'right_opens')
  if (ends === undefined && !opens) return null
  const named = body === undefined || body.trim() === '' ? disputeBodies[pack] : body.trim()
  return named === undefined ? 'body-missing' : { body: named, lastDay: ends?.lastDay ?? null }
}
