import { randomUUID, timingSafeEqual } from 'node:crypto'
import { type Context, Hono } from 'hono'
import {
  checkCode,
  endVoucher,
  extendVoucher,
  redeemByCode,
  redeemVoucher,
  refundVoucher,
  releaseVoucher,
  reserveByCode,
  reserveVoucher,
  undoVoucher,
  type VoucherMovedAnswer,
  voucherSettings,
  voucherWish,
} from '../../../contract/vouchers.ts'
import { UUID } from '../../../core/ids.ts'
import { type Instant, instant, instantOf, MINUTE_MS } from '../../../core/time/instant.ts'
import type { VoucherWish } from '../../../core/voucher/voucher.ts'
import { readVoucherCode } from '../../../core/voucher/voucher-code.ts'
import { audit } from '../../../store/audit.ts'
import { findVoucher, readTransfers } from '../../../store/views/voucher-ledger-view.ts'
import { readVoucherSettings, saveVoucherSettings } from '../../../store/voucher-settings.ts'
import { findVoucherPlace, handleOfCode, type VoucherPlace } from '../../../store/vouchers.ts'
import { callerOf, type Entry } from '../../caller.ts'
import { unknownCustomer } from '../../parameters.ts'
import { bodyReader, Refusal } from '../../respond.ts'
import { voucherPageView, voucherView } from '../../voucher-view.ts'
import type { World } from '../../world.ts'
import { hashOfCode, issueKeptVoucher } from './issue-voucher.ts'
import { type Moved, moveKeptVoucher, undoName } from './move-voucher.ts'
import { undoMovement } from './undo-voucher.ts'

const MOVEMENT = /^[\x21-\x7e]{1,100}$/
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'))

const readWish = bodyReader(voucherWish)
const readCheck = bodyReader(checkCode)
const readRedeemByCode = bodyReader(redeemByCode)
const readReserveByCode = bodyReader(reserveByCode)
const readRedeem = bodyReader(redeemVoucher)
const readReserve = bodyReader(reserveVoucher)
const readRelease = bodyReader(releaseVoucher)
const readRefund = bodyReader(refundVoucher)
const readExtend = bodyReader(extendVoucher)
const readEnd = bodyReader(endVoucher)
const readUndo = bodyReader(undoVoucher)
const readSettings = bodyReader(voucherSettings)

/** Allows a caller only so many of something a minute; `main` keeps the count. */
export type Allowance = (name: string, nowMs: number) => Readonly<{ allowed: boolean }>

/** Issuing and moving vouchers. `guesses` bounds how many unknown codes a caller may try. */
export function voucherRoutes(world: World, guesses: Allowance): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.get('/voucher-settings', async (c) => c.json(await readVoucherSettings(world.db)))
  routes.put('/voucher-settings', async (c) => {
    const wish = await readSettings(c)
    await world.db.transaction(async (tx) => {
      await saveVoucherSettings(tx, wish)
      await audit(tx, callerOf(c).actor, 'settings.changed', { kind: 'settings', id: 'vouchers' }, wish)
    })
    return c.json(wish)
  })
  routes.post('/vouchers', (c) => issue(world, c))
  routes.post('/vouchers/check', async (c) => {
    const place = await placeOfCode(world, c, (await readCheck(c)).code, guesses)
    const voucher = await findVoucher(world.db, place)
    if (voucher === undefined) throw unknownVoucher()
    return c.json(voucherPageView(voucher, await readTransfers(world.db, place)))
  })
  routes.post('/vouchers/redeem', async (c) => {
    const { code, value, hold = null, ...rest } = await readRedeemByCode(c)
    const place = await placeOfCode(world, c, code, guesses)
    return c.json(await move(world, c, place, { ...rest, wish: { kind: 'redeem', minor: value, hold } }))
  })
  routes.post('/vouchers/reserve', async (c) => {
    const { code, ...body } = await readReserveByCode(c)
    return c.json(await reserve(world, c, await placeOfCode(world, c, code, guesses), body))
  })
  routes.post('/vouchers/:id/reserve', async (c) => {
    const body = await readReserve(c)
    return c.json(await reserve(world, c, await placeOfId(world, c), body))
  })
  addMovementRoutes(routes, world)
  return routes
}

function addMovementRoutes(routes: Hono<Entry>, world: World): void {
  const moveById = async (c: Context<Entry>, asked: Asked) =>
    c.json(await move(world, c, await placeOfId(world, c), asked))
  routes.post('/vouchers/:id/redeem', async (c) => {
    const { value, hold = null, ...rest } = await readRedeem(c)
    return moveById(c, { ...rest, wish: { kind: 'redeem', minor: value, hold } })
  })
  routes.post('/vouchers/:id/release', async (c) => {
    const { hold, ...rest } = await readRelease(c)
    return moveById(c, { ...rest, wish: { kind: 'release', hold } })
  })
  routes.post('/vouchers/:id/refund', async (c) => {
    const { value, ...rest } = await readRefund(c)
    return moveById(c, { ...rest, wish: { kind: 'refund', minor: value } })
  })
  routes.post('/vouchers/:id/extend', async (c) => {
    const { expiresAt, ...rest } = await readExtend(c)
    const end = expiresAt === null ? null : futureOf(world, expiresAt)
    return moveById(c, { ...rest, wish: { kind: 'extend', expiresAt: end } })
  })
  routes.post('/vouchers/:id/undo', async (c) => {
    const { movement } = await readUndo(c)
    const undone = await undoMovement(world, callerOf(c).actor, await placeOfId(world, c), movement)
    return c.json(answerOf(undoName(movement), undone))
  })
  routes.post('/vouchers/:id/cancel', async (c) => moveById(c, { ...(await readEnd(c)), wish: { kind: 'cancel' } }))
  routes.post('/vouchers/:id/pay-out', async (c) => moveById(c, { ...(await readEnd(c)), wish: { kind: 'pay-out' } }))
}

async function issue(world: World, c: Context<Entry>): Promise<Response> {
  const { customer, value, currency, origin, expiresAt, movement, reference = null } = await readWish(c)
  if (!CURRENCIES.has(currency))
    throw new Refusal('currency-unknown', `"${currency}" is not a currency of ISO 4217.`, { pointer: '/currency' })
  const issued = await issueKeptVoucher(world, callerOf(c).actor, {
    customer,
    movement: movementOf(c, movement),
    origin,
    currency,
    valueMinor: value,
    expiresAt: expiresAt === undefined ? null : futureOf(world, expiresAt),
    reference,
  })
  if (issued.kind === 'customer-unknown') throw unknownCustomer()
  if (issued.kind === 'id-reused')
    throw new Refusal('id-reused', 'This movement issued another voucher.', { pointer: '/movement' })
  const { voucher, code } = issued
  return c.json({ voucher: voucherView(voucher), code }, code === null ? 200 : 201)
}

type Asked = Readonly<{ movement?: string; currency?: string; reference?: string; wish: VoucherWish }>

async function move(world: World, c: Context<Entry>, place: VoucherPlace, asked: Asked): Promise<VoucherMovedAnswer> {
  const movement = movementOf(c, asked.movement)
  const { wish, currency = null, reference = null } = asked
  const moved = await moveKeptVoucher(world, callerOf(c).actor, place, { movement, wish, currency, reference })
  return answerOf(movement, moved)
}

function answerOf(movement: string, moved: Moved): VoucherMovedAnswer {
  if (moved.kind === 'refused') throw new Refusal(moved.code, moved.detail)
  const { minor, repeated, voucher } = moved
  return { movement, value: minor, repeated, voucher: voucherView(voucher) }
}

type ReserveBody = Readonly<{
  value: number
  minutes: number
  movement?: string
  currency?: string
  reference?: string
}>

function reserve(world: World, c: Context<Entry>, place: VoucherPlace, { value, minutes, ...rest }: ReserveBody) {
  const movement = movementOf(c, rest.movement)
  const until = instant(world.now() + minutes * MINUTE_MS)
  return move(world, c, place, { ...rest, movement, wish: { kind: 'reserve', hold: movement, minor: value, until } })
}

// An Idempotency-Key is remembered for a day; as the name of the movement it holds as long as the ledger.
function movementOf(c: Context, told: string | undefined): string {
  const key = c.req.header('idempotency-key')
  return told ?? (key !== undefined && MOVEMENT.test(key) ? key : randomUUID())
}

function futureOf(world: World, text: string): Instant {
  const at = instantOf(text)
  if (at > world.now()) return at
  throw new Refusal('parameter-malformed', '/expiresAt must lie ahead.', { pointer: '/expiresAt' })
}

const unknownVoucher = () => new Refusal('voucher-unknown', 'There is no such voucher.')

async function placeOfId(world: World, c: Context): Promise<VoucherPlace> {
  const id = c.req.param('id') ?? ''
  const place = UUID.test(id) ? await findVoucherPlace(world.db, id) : undefined
  if (place === undefined) throw unknownVoucher()
  return place
}

async function placeOfCode(world: World, c: Context<Entry>, typed: string, guesses: Allowance): Promise<VoucherPlace> {
  const plain = readVoucherCode(typed)
  if (plain === undefined)
    throw new Refusal('voucher-code-malformed', 'Read the code again: it does not agree with its check symbol.', {
      pointer: '/code',
    })
  const hash = hashOfCode(plain)
  const place = await findVoucherPlace(world.db, handleOfCode(hash))
  const voucher = place === undefined ? undefined : await findVoucher(world.db, place)
  if (place !== undefined && voucher !== undefined && timingSafeEqual(voucher.codeHash, hash)) return place
  if (!guesses(callerOf(c).name, world.now()).allowed)
    throw new Refusal('rate-limited', 'Too many unknown codes.', { headers: { 'retry-after': '60' } })
  throw unknownVoucher()
}
