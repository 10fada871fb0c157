import type { TellingWish } from '../../../contract/case-tellings.ts'
import { letterNamed } from '../../../contract/letter.ts'
import type { Locale } from '../../../contract/words.ts'
import { nextDueAt } from '../../../core/cases/case-clocks.ts'
import type { CaseCommand } from '../../../core/cases/case-command.ts'
import { type CaseRefusal, decide } from '../../../core/cases/decide-case.ts'
import { openPromises, type RecoveryCase } from '../../../core/cases/recovery-case.ts'
import { countApologies, findPromises } from '../../../core/cases/reply-text.ts'
import { type Instant, instant, instantOf } from '../../../core/time/instant.ts'
import { entryId, type Keeping } from '../../begin-case.ts'
import type { Caller } from '../../caller.ts'
import { caseActor } from '../../case-actor.ts'

/** Of a phrase so much is kept and compared. */
export const PHRASE_LENGTH_MAX = 200

/** Why something is not told, beside what the protocol says. */
export type TellingReason =
  | 'way-closed'
  | 'text-missing'
  | 'offer-missing'
  | 'letter-missing'
  | 'promises-unread'
  | 'apology-unread'
  | 'apology-twice'
  | 'question-early'

// Whoever has the case answers for what is promised in it; while nobody has, whoever promises.
const ownerId = (was: RecoveryCase, caller: Caller): string => was.assignee ?? caller.colleague?.id ?? caller.name

/** What is wrong with a wish to tell something, before the protocol is asked; null when nothing is. */
export function wrongTelling(
  was: RecoveryCase,
  wish: TellingWish,
  language: Locale,
  keeping: Keeping,
): TellingReason | null {
  const { round } = was
  switch (wish.about) {
    case 'case.reply':
      return wrongReply(was, wish, language, keeping)
    case 'remedy.choice':
      return wish.offer === undefined ? 'offer-missing' : null
    case 'final.response':
      return wish.letter === undefined ? 'letter-missing' : null
    case 'fix.confirmation':
      return round.fixedAt === null || round.confirmedAt !== null ? 'question-early' : null
    case 'follow-up':
      return round.closedAt === null || round.followedUpAt !== null ? 'question-early' : null
    default:
      return null
  }
}

// Every promise that was found is read by a person: it enters the ledger, or she says that it is none.
function wrongReply(
  was: RecoveryCase,
  wish: TellingWish,
  language: Locale,
  { standards, now }: Keeping,
): TellingReason | null {
  if (wish.text === undefined) return 'text-missing'
  const found = findPromises(wish.text, { language, now, calendar: standards.policy.calendar })
  const read = [...(wish.promises ?? []).map(({ phrase }) => phrase), ...(wish.noPromises ?? [])]
  if (found.some(({ phrase }) => !read.includes(phrase.slice(0, PHRASE_LENGTH_MAX)))) return 'promises-unread'
  return wrongApology(was, wish, countApologies(wish.text, language))
}

// One specific apology for each failure: another one is made knowingly or not at all.
function wrongApology({ round, atFault }: RecoveryCase, wish: TellingWish, count: number): TellingReason | null {
  if (count === 0) return null
  if (wish.apology === undefined)
    return round.apologisedAt === null && atFault === 'firm' ? 'apology-unread' : 'apology-twice'
  return wish.apology === 'counts' && round.apologisedAt !== null ? 'apology-twice' : null
}

/** The steps of the protocol that a telling is, in their order; the telling itself comes last, after its mail. */
export function stepsOf(was: RecoveryCase, wish: TellingWish, caller: Caller): readonly CaseCommand[] {
  const kept = openPromises(was)
    .filter(({ promise }) => promise === 'answer')
    .map(({ id }): CaseCommand => ({ kind: 'keep promise', promise: id }))
  const owner = ownerId(was, caller)
  switch (wish.about) {
    case 'case.acknowledged':
      return was.round.acknowledgedAt === null ? [{ kind: 'acknowledge' }] : []
    case 'case.reply':
      return [
        ...(wish.apology === 'counts' ? [{ kind: 'apologise', isSpecific: true } as const] : []),
        ...kept,
        ...(wish.promises ?? []).map(
          ({ phrase, what, due }): CaseCommand => ({
            kind: 'promise',
            promise: 'deed',
            what: what ?? phrase,
            due: instantOf(due),
            owner,
          }),
        ),
      ]
    case 'remedy.choice':
      return was.waitingFor === null ? [...kept, { kind: 'wait', for: 'remedy' }] : kept
    case 'fix.done':
      return [...(was.round.fixedAt === null ? [{ kind: 'fix', how: wish.how ?? null } as const] : []), ...kept]
    default:
      return kept
  }
}

/** She is told by when she hears from us, and that is a promise like any other; null where nothing ahead is due. */
export function answerPromise(state: RecoveryCase, caller: Caller, keeping: Keeping) {
  const due = answerDue(state, keeping)
  return due === null
    ? null
    : ({ kind: 'promise', promise: 'answer', what: '', due, owner: ownerId(state, caller) } as const)
}

function answerDue(state: RecoveryCase, { standards, now }: Keeping): Instant | null {
  const due = nextDueAt(state, standards.policy, now)
  return due !== null && due > now ? instant(due) : null
}

/** The entry that a letter is sent, where one goes with the telling; deadlines that begin with it begin then. */
function letterCommand({ about, letter: wish }: TellingWish, language: Locale) {
  const letter = letterNamed(wish?.letter ?? '')
  if (wish === undefined || letter === undefined || !lettered.includes(about)) return null
  return { kind: 'send letter', pack: wish.pack, letter, language } as const
}

/** What a letter may go with. */
const lettered: readonly TellingWish['about'][] = ['case.acknowledged', 'final.response']

type Walk = Readonly<{ caller: Caller; wish: TellingWish; language: Locale; keeping: Keeping }>

/** The case as it would stand after a telling, and by when she is told that she hears; or why the protocol refuses. */
export function afterTelling(
  was: RecoveryCase,
  { caller, wish, language, keeping }: Walk,
): CaseRefusal | Readonly<{ kind: 'told'; state: RecoveryCase; until: Instant | null }> {
  const actor = caseActor(caller)
  const take = (state: RecoveryCase, commands: readonly CaseCommand[]): RecoveryCase | CaseRefusal => {
    let at = state
    for (const command of commands) {
      const ask = { id: entryId(at.revision + 1), actor, command, revision: null, now: keeping.now }
      const answer = decide(at, ask, keeping.standards.policy)
      if (answer.kind === 'refused') return answer
      at = answer.next
    }
    return at
  }
  const stepped = take(was, stepsOf(was, wish, caller))
  if ('because' in stepped) return stepped
  const promise = wish.about === 'case.acknowledged' ? answerPromise(stepped, caller, keeping) : null
  const channel = wish.channel ?? 'email'
  const last = { kind: 'tell', about: wish.about, channel, message: null } as const
  const letter = letterCommand(wish, language)
  const state = take(stepped, [...(promise === null ? [] : [promise]), ...(letter === null ? [] : [letter]), last])
  return 'because' in state ? state : { kind: 'told', state, until: promise?.due ?? null }
}
