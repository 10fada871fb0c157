import { ownEvent } from '../../../contract/ingest.ts'
import { assert } from '../../../core/assert.ts'
import { type InputGroup, inputGroupOf, inputGroups } from '../../../core/listening/input-round.ts'
import { mayAsk } from '../../../core/listening/may-ask.ts'
import { DAY_MS, type Instant, instant } from '../../../core/time/instant.ts'
import { lockSlots } from '../../../store/contact-slots.ts'
import type { Tx } from '../../../store/db.ts'
import {
  addMember,
  countMembers,
  drawCustomers,
  findRound,
  type InputRound,
  setRoundOpen,
  wasInvitedSince,
} from '../../../store/input-rounds.ts'
import { appendDecided, type Decided } from '../../append-events.ts'
import { inputPath } from '../../input-link.ts'
import { type KnownPerson, personOf } from '../../person-of.ts'
import { preferencePath } from '../../preference-link.ts'
import { queueMessage } from '../../queue-message.ts'
import { spokenBy } from '../../spoken-by.ts'
import { circumstancesOf, readSurroundings } from '../../surroundings.ts'
import type { World } from '../../world.ts'

/** So many are drawn and looked at; of a firm where nobody may be asked not everybody is. */
const DRAWN_MAX = 5_000
/** Only who was heard of lately is a customer who could advise. */
const ACTIVE_DAYS = 365
/** Nobody is asked for advice again within so many days. */
const REST_DAYS = 180

/**
 * Invites customers to a round by lot until each group has as many as its quota says, or nobody is left who may be asked.
 * Each customer is a transaction of its own: event, place in the round and mail. Whoever goes on after a crash counts who
 * is in the round already, and nobody is invited twice.
 */
export async function inviteToRound(world: World, id: string, signal: AbortSignal): Promise<void> {
  const round = await findRound(world.db, id)
  if (round === undefined || round.state !== 'inviting') return
  const { quota, segment } = round
  const since = instant(world.now() - ACTIVE_DAYS * DAY_MS)
  const missing = new Map<InputGroup, number>(inputGroups.map((group) => [group, quota[group]]))
  for (const { part, count } of await countMembers(world.db, [id])) missing.set(part, (missing.get(part) ?? 0) - count)
  const isFull = () => [...missing.values()].every((left) => left <= 0)
  for (const customer of await drawCustomers(world.db, { round: id, segment, since, most: DRAWN_MAX })) {
    // A round may be closed meanwhile: then nobody else is invited.
    if (isFull() || (await findRound(world.db, id))?.state !== 'inviting') break
    if (signal.aborted) throw new Error('the worker was told to stop: the next one goes on')
    const wanted = (group: InputGroup) => (missing.get(group) ?? 0) > 0
    const group = await appendDecided(world, (tx) => inviteOne(world, tx, round, { customer, wanted }))
    if (group !== null) missing.set(group, (missing.get(group) ?? 0) - 1)
  }
  await setRoundOpen(world.db, id)
}

type Candidate = Readonly<{ customer: string; wanted: (group: InputGroup) => boolean }>

async function inviteOne(
  world: World,
  tx: Tx,
  round: InputRound,
  { customer, wanted }: Candidate,
): Promise<Decided<InputGroup | null>> {
  const nobody: Decided<null> = { events: [], answer: null }
  const person = await personOf(tx, customer)
  if (person === undefined || person.customer !== customer) return nobody
  const now = world.now()
  const part = inputGroupOf(person.state, now)
  if (!wanted(part) || !(await mayInvite(tx, person, now))) return nobody
  if (!(await addMember(tx, { customer, round: round.id, part, state: 'invited' }, now))) return nobody
  await mailInvitation(world, tx, round, person)
  const data = { kind: round.kind, round: round.id }
  const event = ownEvent({ id: `${round.id} invited`, customer, type: 'input.invited', at: now, data })
  return { events: [event], answer: part }
}

async function mayInvite(tx: Tx, { customer, keys, state }: KnownPerson, now: Instant): Promise<boolean> {
  if (state.person.email === null) return false
  if (await wasInvitedSince(tx, keys, instant(now - REST_DAYS * DAY_MS))) return false
  const surroundings = await readSurroundings(tx)
  const around = circumstancesOf(state, await lockSlots(tx, customer), surroundings)
  return mayAsk(surroundings.policy, around, { channel: 'email', now }).outcome === 'asked'
}

async function mailInvitation(
  world: World,
  tx: Tx,
  round: InputRound,
  { customer, state }: KnownPerson,
): Promise<void> {
  const { publicUrl } = world
  assert(publicUrl !== undefined && state.person.email !== null, 'a round invites only whom its mail reaches')
  const language = spokenBy(state)
  const now = world.now()
  const preferences = await preferencePath(tx, { customer, purpose: 'survey', now })
  const { zone: timeZone } = await readSurroundings(tx)
  const queued = await queueMessage(world, tx, {
    ...{ customer, to: state.person.email, kind: 'input.invitation', language, timeZone },
    values: {
      what: round.title,
      about: round.about,
      link: `${publicUrl}${await inputPath(tx, { customer, round: round.id, now })}?lang=${language}`,
      preferences: `${publicUrl}${preferences}?lang=${language}`,
      ...(state.person.name === null ? {} : { name: state.person.name }),
    },
    cause: `round ${round.id}`,
  })
  assert(queued.kind !== 'refused', 'an invitation can be written from our own words')
}
