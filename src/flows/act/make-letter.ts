import { randomUUID } from 'node:crypto'
import type { LetterWish } from '../../contract/case-tellings.ts'
import type { Accepted } from '../../contract/ingest.ts'
import {
  type DisputeNotice,
  disputeBodies,
  letterNamed,
  type WrittenLetter,
  writeLetter,
} from '../../contract/letter.ts'
import type { Locale } from '../../contract/words.ts'
import { caseRegimes } from '../../core/case-regimes.ts'
import type { CaseRefusal } from '../../core/decide-case.ts'
import type { Instant } from '../../core/instant.ts'
import type { RecoveryCase } from '../../core/recovery-case.ts'
import type { Tx } from '../../store/db.ts'
import { addLetter } from '../../store/letters.ts'
import { readSettings } from '../../store/settings.ts'
import type { Keeping } from '../begin-case.ts'
import type { Caller } from '../caller.ts'
import { caseActor } from '../case-actor.ts'
import { ownerOf } from '../case-mail.ts'
import { drawPdf } from '../draw-pdf.ts'
import { stepCase } from '../step-case.ts'
import type { World } from '../world.ts'

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
  const notice = noticeOf(sent.state, wish, letter, keeping)
  if (notice === 'body-missing') return { kind: 'letter-wrong', field: 'body' }
  const { firm } = await readSettings(tx)
  const { standards, now } = keeping
  const document = writeLetter({
    letter,
    language,
    firm: firm ?? '',
    timeZone: standards.timeZone,
    reference: was.case,
    name: making.name,
    what: making.what,
    receivedAt: was.openedAt,
    writtenAt: now,
    until: making.until,
    owner: await ownerOf(tx, was, language),
    found: wish.found ?? '',
    done: wish.done ?? '',
    remedy: was.round.remedy === null || was.round.remedy.what === '' ? null : was.round.remedy.what,
    notice,
  })
  const id = randomUUID()
  const kept = { customer: was.customer, case: was.case, id, pack: wish.pack, letter, language, madeAt: now }
  await addLetter(tx, { ...kept, madeBy: caller.colleague?.id ?? caller.name }, await drawPdf(document))
  return { kind: 'made', id, state: sent.state, events: sent.events }
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
