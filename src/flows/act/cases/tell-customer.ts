import type { OfferWish, TellingWish } from '../../../contract/case-tellings.ts'
import type { Accepted } from '../../../contract/ingest.ts'
import type { Locale } from '../../../contract/words.ts'
import type { NotWritten } from '../../../contract/write-message.ts'
import type { CaseRefusal } from '../../../core/cases/decide-case.ts'
import type { RecoveryCase } from '../../../core/cases/recovery-case.ts'
import type { OfferDraft } from '../../../core/cases/remedy-offer.ts'
import { type Instant, instantOf, rfc3339 } from '../../../core/time/instant.ts'
import { audit } from '../../../store/audit.ts'
import { findCase, lockCase, saveAbout } from '../../../store/cases.ts'
import type { Tx } from '../../../store/db.ts'
import { appendDecided } from '../../append-events.ts'
import type { Keeping } from '../../begin-case.ts'
import type { Caller } from '../../caller.ts'
import { caseActor } from '../../case-actor.ts'
import {
  type Addressee,
  aboutOf,
  addressOf,
  type CaseMail,
  ownerOf,
  questionPath,
  queueCaseMail,
  readAddressee,
  remedyPath,
  type WayTo,
} from '../../case-mail.ts'
import { mayRead } from '../../case-sight.ts'
import { readKeeping, stepCase } from '../../step-case.ts'
import type { World } from '../../world.ts'
import { type LetterRefusal, makeLetter } from './make-letter.ts'
import { makeOffer, type OfferRefusal } from './make-offer.ts'
import { answerPromise, stepsOf, type TellingReason, wrongTelling } from './telling-steps.ts'

/** Why something is not told. */
export type NotTold =
  | Readonly<{ kind: 'case-unknown' }>
  | Readonly<{ kind: 'telling-refused'; because: TellingReason; way: WayTo }>
  | OfferRefusal
  | LetterRefusal
  | NotWritten
  | (CaseRefusal & Readonly<{ timeZone: string }>)

/** What became of a wish to tell something. */
export type Told =
  | Readonly<{
      kind: 'told'
      state: RecoveryCase
      message: string | null
      path: string | null
      /** The whole address of it; null where the operator has named none. */
      url: string | null
    }>
  | NotTold

/** Somebody's wish to tell the customer of a case something. */
export type TellingOrder = Readonly<{ caller: Caller; wish: TellingWish; revision: number | null }>

class Refused extends Error {
  readonly told: Told
  constructor(told: Told) {
    super(told.kind)
    this.told = told
  }
}

/**
 * Tells the customer something and takes the step that it is, in one transaction: entry, promises, mail and what the
 * log is told are stored together or not at all. What is refused leaves nothing behind.
 */
export async function tellCustomer(world: World, id: string, order: TellingOrder): Promise<Told> {
  const found = await findCase(world.db, id)
  if (found === undefined || !mayRead(order.caller, found.state)) return { kind: 'case-unknown' }
  const { customer } = found.state
  try {
    return await appendDecided<Told>(world, async (tx) => {
      const was = await lockCase(tx, { customer, id })
      if (was === undefined) return { events: [], answer: { kind: 'case-unknown' } }
      const keeping = await readKeeping(world, tx, was)
      if (order.revision !== null && order.revision !== was.revision)
        refuseBy({ kind: 'refused', because: 'changed-meanwhile' }, keeping)
      return tell(world, tx, was, { ...order, keeping })
    })
  } catch (error) {
    if (error instanceof Refused) return error.told
    throw error
  }
}

function refuseBy(refusal: CaseRefusal, { standards }: Keeping): never {
  throw new Refused({ ...refusal, timeZone: standards.timeZone })
}

type Telling = TellingOrder & Readonly<{ keeping: Keeping }>

async function tell(world: World, tx: Tx, was: RecoveryCase, telling: Telling) {
  const { caller, wish, keeping } = telling
  const addressee = await readAddressee(world, tx, was)
  const channel = wish.channel ?? 'email'
  const language = wish.language ?? addressee.language
  const refuse = (because: TellingReason): never => {
    throw new Refused({ kind: 'telling-refused', because, way: addressee.way })
  }
  if (channel === 'email' && addressee.way !== 'open') refuse('way-closed')
  const wrong = wrongTelling(was, wish, language, keeping)
  if (wrong !== null) refuse(wrong)
  if (wish.what !== undefined) await saveAbout(tx, was, wish.what)
  const actor = caseActor(caller)
  const steps = stepsOf(was, wish, caller).map((command) => ({ actor, command }))
  const stepped = await stepCase(world, tx, was, steps, keeping)
  if (stepped.kind === 'refused') return refuseBy(stepped, keeping)
  const prepared = await prepare(world, tx, stepped.state, { ...telling, addressee, language, channel })
  const { mail, path } = prepared
  const queued = channel === 'email' ? await queueCaseMail(world, tx, prepared.state, mail, addressee) : undefined
  if (queued?.kind === 'refused') throw new Refused(queued)
  const message = queued !== undefined && 'id' in queued ? queued.id : null
  const last = { kind: 'tell', about: wish.about, channel, message } as const
  const ended = await stepCase(world, tx, prepared.state, [{ actor, command: last }], keeping)
  if (ended.kind === 'refused') return refuseBy(ended, keeping)
  const url = path === null ? null : (addressOf(world, path, language) ?? null)
  const details = { step: `tell-${wish.about.replaceAll('.', '-')}`, revision: ended.state.revision }
  await audit(tx, caller.actor, 'case.changed', { kind: 'case', id: was.case }, details)
  const events: readonly Accepted[] = [...stepped.events, ...prepared.events, ...ended.events]
  return { events, answer: { kind: 'told', state: ended.state, message, path, url } as const }
}

type Preparing = Telling & Readonly<{ addressee: Addressee; language: Locale; channel: string }>
type Prepared = Readonly<{ state: RecoveryCase; events: readonly Accepted[]; mail: CaseMail; path: string | null }>

async function prepare(world: World, tx: Tx, state: RecoveryCase, preparing: Preparing): Promise<Prepared> {
  const { wish, keeping, language, caller } = preparing
  const base = {
    about: wish.about,
    language,
    timeZone: keeping.standards.timeZone,
    cause: `${state.revision}`,
  } as const
  const what = await aboutOf(tx, state, language)
  const linked = (path: string) => addressOf(world, path, language) ?? ''
  const done = (values: CaseMail['values'], path: string | null = null): Prepared => ({
    state,
    events: [],
    mail: { ...base, values },
    path,
  })
  switch (wish.about) {
    case 'case.acknowledged':
      return promiseAnswer(world, tx, state, { ...preparing, mail: { ...base, values: { what } } })
    case 'case.reply':
      return done({ text: wish.text ?? '' })
    case 'remedy.choice': {
      const made = await makeOffer(tx, state, { caller, draft: draftOf(wish.offer), keeping })
      if (made.kind !== 'offered') throw new Refused(made)
      const path = await remedyPath(tx, made.offer)
      return done({ what, link: linked(path), until: rfc3339(made.offer.until) }, path)
    }
    case 'fix.done':
      return done({ what, ...(wish.how === undefined ? {} : { how: wish.how }) })
    case 'fix.confirmation':
    case 'follow-up': {
      const path = await questionPath(tx, state, wish.about === 'follow-up' ? 'follow up' : 'confirm', keeping.now)
      return done({ what, link: linked(path) }, path)
    }
    case 'final.response': {
      const letter = await letterFor(world, tx, state, { ...preparing, what, until: null })
      return {
        state: letter.state,
        events: letter.events,
        mail: { ...base, values: { what }, letter: letter.id },
        path: null,
      }
    }
  }
}

/** An offer as it was wished for. */
export const draftOf = (offer: OfferWish | undefined): OfferDraft => ({
  choices: (offer?.choices ?? []).map((one) => ({ ...one, fixBy: instantOf(one.fixBy) })),
  always: offer?.always ?? null,
  until: instantOf(offer?.until ?? ''),
})

/** She is told by when she hears from us, and that is a promise like any other. */
async function promiseAnswer(
  world: World,
  tx: Tx,
  state: RecoveryCase,
  { mail, ...preparing }: Preparing & Readonly<{ mail: CaseMail }>,
): Promise<Prepared> {
  const { caller, keeping, language } = preparing
  const command = answerPromise(state, caller, keeping)
  const owner = await ownerOf(tx, state, language)
  const until = command?.due ?? null
  const values = {
    ...mail.values,
    ...(owner === null ? {} : { owner }),
    ...(until === null ? {} : { until: rfc3339(until) }),
  }
  const promised =
    command === null ? null : await stepCase(world, tx, state, [{ actor: caseActor(caller), command }], keeping)
  if (promised?.kind === 'refused') return refuseBy(promised, keeping)
  const { state: next, events } = promised ?? { state, events: [] }
  if (preparing.wish.letter === undefined) return { state: next, events, mail: { ...mail, values }, path: null }
  const what = mail.values.what ?? ''
  const letter = await letterFor(world, tx, next, { ...preparing, what, until })
  return {
    state: letter.state,
    events: [...events, ...letter.events],
    mail: { ...mail, values, letter: letter.id },
    path: null,
  }
}

async function letterFor(
  world: World,
  tx: Tx,
  state: RecoveryCase,
  { what, until, ...preparing }: Preparing & Readonly<{ what: string; until: Instant | null }>,
) {
  const made = await makeLetter(world, tx, state, {
    ...preparing,
    name: preparing.addressee.name,
    wish: preparing.wish.letter,
    what,
    until,
  })
  if (made.kind === 'refused') return refuseBy(made, preparing.keeping)
  if (made.kind === 'letter-wrong') throw new Refused(made)
  return made
}
