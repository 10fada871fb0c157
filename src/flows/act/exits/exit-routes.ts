import { Hono } from 'hono'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { type CustomerLocale, customerLocales } from '../../../contract/customer-languages.ts'
import {
  type Exit,
  type ExitList,
  type ExitOwed,
  exitMatch,
  exitStates,
  exitStep,
  exitWish,
} from '../../../contract/exits.ts'
import { isStorable } from '../../../contract/ingest.ts'
import { DAY_MS, type Instant, rfc3339 } from '../../../core/time/instant.ts'
import { audit } from '../../../store/audit.ts'
import {
  findExitByNumber,
  isUnmatched,
  listExits,
  type ReferredGroup,
  readExitFigures,
  readReferredGroups,
  type StoredExit,
} from '../../../store/exits.ts'
import { readSaved } from '../../../store/relationships.ts'
import { callerOf, type Entry } from '../../caller.ts'
import { caseActor } from '../../case-actor.ts'
import { cursorOf, placeOf } from '../../cursor.ts'
import { oneOf, unknownCustomer, wholeNumber } from '../../parameters.ts'
import { bodyReader, Refusal } from '../../respond.ts'
import type { World } from '../../world.ts'
import { contractOfNamed, matchExit } from './match-exit.ts'
import { exitNumber, requestExit } from './request-exit.ts'
import { creditLeft, owedAtExit } from './settle-with-customer.ts'
import { type Stepped, takeExitStep } from './take-exit-step.ts'

const PAGE_AT_FIRST = 50
const PAGE_MAX = 200
const YEAR_DAYS = 365
/** The public page has two, and nothing in it can refuse or delay a notice. */
const PAGE_STEPS = 2
const OBSTACLES = 0

const place = Type.Object({ at: Type.String({ format: 'date-time' }), customer: Type.String(), id: Type.String() })
const placeCheck = Compile(place)
const isPlace = (value: unknown): value is Static<typeof place> =>
  placeCheck.Check(value) && isStorable(value.customer) && isStorable(value.id)

const readWish = bodyReader(exitWish)
const readMatch = bodyReader(exitMatch)
const readStep = bodyReader(exitStep)

/** Leaving as the firm sees it: the list, taking a notice, finding whose it is, the steps. */
export function exitRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.get('/exits', async (c) => {
    const limit = wholeNumber(c, 'limit', { atFirst: PAGE_AT_FIRST, max: PAGE_MAX })
    const before = placeOf(c.req.query('cursor') ?? null, isPlace)
    const query = {
      state: oneOf(c, 'state', exitStates),
      before: before === null ? null : { ...before, at: new Date(before.at) },
    }
    const rows = await listExits(world.db, { ...query, limit: limit + 1 })
    const last = rows.length > limit ? rows[limit - 1] : undefined
    const since = new Date(world.now() - YEAR_DAYS * DAY_MS)
    const figures = await readExitFigures(world.db, since)
    const referred = largeGroups(await readReferredGroups(world.db, since))
    const list: ExitList = {
      exits: rows.slice(0, limit).map(exitView),
      cursor:
        last === undefined
          ? null
          : cursorOf({ at: rfc3339(last.exit.requestedAt), customer: last.customer, id: last.id }),
      measures: { ...figures, referred, steps: PAGE_STEPS, obstacles: OBSTACLES },
    }
    return c.json(list)
  })
  routes.post('/exits', async (c) => c.json(exitView(await takeNotice(world, callerOf(c), await readWish(c))), 201))
  routes.get('/exits/:id', async (c) => {
    const found = isStorable(c.req.param('id')) ? await findExitByNumber(world.db, c.req.param('id')) : undefined
    if (found === undefined) throw noExit()
    return c.json(exitView(found))
  })
  routes.get('/exits/:id/owed', async (c) => {
    const found = isStorable(c.req.param('id')) ? await findExitByNumber(world.db, c.req.param('id')) : undefined
    if (found === undefined) throw noExit()
    const [owed, kept] = await Promise.all([owedAtExit(world.db, found, world.now()), creditLeft(world.db, found)])
    const answer: ExitOwed = { owed: owed.map((one) => ({ ...one })), kept: kept.map((one) => ({ ...one })) }
    return c.json(answer)
  })
  routes.post('/exits/:id/match', async (c) => {
    const { customer } = await readMatch(c)
    const matched = await matchExit(world, storable(c.req.param('id')), customer, callerOf(c).actor)
    if (matched.kind === 'no-exit') throw noExit()
    if (matched.kind === 'customer-unknown') throw unknownCustomer()
    if (matched.kind === 'matched-before')
      throw new Refusal('not-in-this-state', 'It is known already whose notice this is.')
    return c.json(exitView(matched.exit))
  })
  routes.post('/exits/:id/steps', async (c) => {
    const wish = await readStep(c)
    const caller = callerOf(c)
    const taker = {
      who: caller.actor,
      inCases: caseActor(caller),
      mayPayOut: caller.permissions.has('vouchers.redeem'),
    }
    const stepped = await takeExitStep(world, storable(c.req.param('id')), wish, taker)
    if (stepped.kind === 'no-exit') throw noExit()
    if (stepped.kind === 'refused') throw refusalOf(stepped.because)
    return c.json(exitView(stepped.exit))
  })
  return routes
}

/** Smaller groups are counted together: nobody is to be made out in them. */
const GROUP_MIN = 5

function largeGroups(groups: readonly ReferredGroup[]): ExitList['measures']['referred'] {
  const isLarge = ({ segment, exits }: ReferredGroup) => segment !== null && exits >= GROUP_MIN
  const rest = groups.filter((one) => !isLarge(one))
  const sum = (pick: (one: ReferredGroup) => number) => rest.reduce((all, one) => all + pick(one), 0)
  const others = { segment: null, exits: sum(({ exits }) => exits), referred: sum(({ referred }) => referred) }
  return [...groups.filter(isLarge), ...(rest.length === 0 ? [] : [others])].map((one) => ({ ...one }))
}

const noExit = () => new Refusal('not-found', 'There is no such exit.')

function refusalOf(because: Extract<Stepped, { kind: 'refused' }>['because']): Refusal {
  if (because === 'may-not-pay-out')
    return new Refusal('permission-missing', 'Vouchers are paid out by whoever has the permission vouchers.redeem.')
  if (because === 'covers-more')
    return new Refusal('parameter-malformed', '/settlement/refundMinor must be as much as what it covers, at least.', {
      pointer: '/settlement/refundMinor',
    })
  return new Refusal('not-in-this-state', refusals[because])
}

const refusals = {
  'not-confirmed': 'First find out whose notice it is.',
  'taken-before': 'This step was done before.',
  'not-over-yet': 'The contract still runs.',
  'voucher-held': 'A checkout holds a part of a voucher: release that first, or wait for its end.',
} as const

function storable(id: string): string {
  if (!isStorable(id)) throw noExit()
  return id
}

async function takeNotice(
  world: World,
  { actor, colleague }: ReturnType<typeof callerOf>,
  { customer, kind, reference = '', email, language, reason, wishedOn }: Static<typeof exitWish>,
): Promise<StoredExit> {
  const contract = await contractOfNamed(world.db, customer, { kind, reference })
  if (contract === undefined) throw unknownCustomer()
  const person = (await readSaved(world.db, [contract.customer])).get(contract.customer)?.state?.person
  const notice = {
    kind,
    channel: colleague === undefined ? 'api' : 'agent',
    language: language ?? spokenBy(person?.locale ?? null),
    reference,
    name: null,
    email: email ?? person?.email ?? null,
    reason: reason ?? null,
    wishedOn: wishedOn ?? null,
  } as const
  return requestExit(world, exitNumber(), notice, async (tx) => {
    await audit(tx, actor, 'exit.taken', { kind: 'customer', id: contract.customer })
    return contractOfNamed(tx, customer, { kind, reference })
  })
}

const spokenBy = (locale: string | null): CustomerLocale =>
  customerLocales.find((one) => locale?.toLowerCase().startsWith(one)) ?? 'en'

const timeText = (at: Instant | null): string | null => (at === null ? null : rfc3339(at))

function exitView({ customer, id, endRule, withdrawUntil, notice, exit, wished, referredAt }: StoredExit): Exit {
  const { language: _, ...told } = notice
  return {
    id,
    customer: isUnmatched(customer) ? null : customer,
    ...told,
    requestedAt: rfc3339(exit.requestedAt),
    confirmedAt: timeText(exit.confirmedAt),
    endsAt: timeText(exit.endsAt),
    endRule,
    withdrawUntil: timeText(withdrawUntil),
    settledAt: timeText(exit.settledAt),
    settlement: settlementView(exit.settlement),
    handedOverAt: timeText(exit.handedOverAt),
    endedAt: timeText(exit.endedAt),
    wishedVouchers: wished?.vouchers ?? null,
    referredAt: timeText(referredAt),
  }
}

function settlementView(settlement: StoredExit['exit']['settlement']): Exit['settlement'] {
  if (settlement === null) return null
  const { paidOut, covers, ...told } = settlement
  return {
    ...told,
    ...(paidOut === undefined ? {} : { paidOut: [...paidOut] }),
    ...(covers === undefined ? {} : { covers: [...covers] }),
  }
}
