import { Hono } from 'hono'
import type { VoucherList, VoucherRollForward } from '../../contract/vouchers.ts'
import { calendarMonthOf, calendarMonthStart, DAY_MS, instant, rfc3339 } from '../../core/time/instant.ts'
import { type LedgerMonth, rollForward } from '../../core/voucher/roll-forward.ts'
import { voucherStates } from '../../core/voucher/voucher.ts'
import { linesOf } from '../../core/voucher/voucher-ledger.ts'
import {
  findVoucher,
  type LedgerPlace,
  listVouchers,
  readLedgerPage,
  readMonthSums,
  readTransfers,
} from '../../store/views/voucher-ledger-view.ts'
import { findVoucherPlace } from '../../store/vouchers.ts'
import type { Entry } from '../caller.ts'
import { csvCell } from '../csv-cell.ts'
import { cursorOf, placeOf } from '../cursor.ts'
import { KEY_LENGTH_MAX, oneOf, text, wholeNumber } from '../parameters.ts'
import { Refusal } from '../respond.ts'
import { voucherPageView, voucherView } from '../voucher-view.ts'
import type { World } from '../world.ts'

const PAGE_MAX = 200
const PAGE_AT_FIRST = 50
const CURSOR_LENGTH_MAX = 4_000
const TAIL_LENGTH = 4
const DAYS_MAX = 3_660
const LEDGER_PAGE = 1_000
const MONTH_TEXT_LENGTH = 7

/** Reading vouchers: lists, one voucher, the ledger and its roll-forward. */
export function voucherReadingRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.get('/vouchers', async (c) => {
    const limit = wholeNumber(c, 'limit', { atFirst: PAGE_AT_FIRST, max: PAGE_MAX })
    const days = c.req.query('days') === undefined ? null : wholeNumber(c, 'days', { atFirst: 1, max: DAYS_MAX })
    const found = await listVouchers(world.db, {
      customer: text(c, 'customer', KEY_LENGTH_MAX),
      tail: text(c, 'end', TAIL_LENGTH)?.toUpperCase() ?? null,
      state: days === null ? oneOf(c, 'state', voucherStates) : 'open',
      expiresBefore: days === null ? null : instant(world.now() + days * DAY_MS),
      after: placeOf(text(c, 'cursor', CURSOR_LENGTH_MAX), isListPlace),
      limit: limit + 1,
    })
    const last = found.length > limit ? found[limit - 1] : undefined
    const answer: VoucherList = {
      vouchers: found.slice(0, limit).map(voucherView),
      cursor: last === undefined ? null : cursorOf({ at: rfc3339(last.issuedAt), voucher: last.voucher }),
    }
    return c.json(answer)
  })
  routes.get('/voucher-ledger.csv', (c) =>
    c.body(ReadableStream.from(ledgerLines(world)), 200, csvHeaders('voucher-ledger.csv')),
  )
  routes.get('/vouchers/roll-forward', async (c) => c.json(await showRollForward(world)))
  routes.get('/voucher-roll-forward.csv', async (c) => {
    const rows = (await monthsOf(world)).map(rollLine)
    return c.body([ROLL_HEADER, ...rows].join(''), 200, csvHeaders('voucher-roll-forward.csv'))
  })
  routes.get('/vouchers/:id', async (c) => {
    const place = await findVoucherPlace(world.db, c.req.param('id'))
    const voucher = place === undefined ? undefined : await findVoucher(world.db, place)
    // The hash of a code leads here too, and is nobody's id.
    if (voucher?.voucher !== c.req.param('id')) throw new Refusal('voucher-unknown', 'There is no such voucher.')
    return c.json(voucherPageView(voucher, await readTransfers(world.db, voucher)))
  })
  return routes
}

const csvHeaders = (name: string) => ({
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': `attachment; filename="${name}"`,
})

type ListPlace = Readonly<{ at: string; voucher: string }>

const isListPlace = (value: unknown): value is ListPlace =>
  typeof value === 'object' &&
  value !== null &&
  'at' in value &&
  typeof value.at === 'string' &&
  !Number.isNaN(Date.parse(value.at)) &&
  'voucher' in value &&
  typeof value.voucher === 'string'

const monthsOf = async (world: World): Promise<readonly LedgerMonth[]> =>
  rollForward(await readMonthSums(world.db), calendarMonthOf(world.now()))

const monthText = (month: number): string => rfc3339(calendarMonthStart(month)).slice(0, MONTH_TEXT_LENGTH)

async function showRollForward(world: World): Promise<VoucherRollForward> {
  const months = await monthsOf(world)
  return { asOf: rfc3339(world.now()), months: months.map((one) => ({ ...one, month: monthText(one.month) })) }
}

const ROLL_HEADER = 'month,origin,currency,opening,issued,refunded,redeemed,expired,cancelled,paid_out,closing\r\n'

const rollLine = (one: LedgerMonth): string =>
  `${[
    monthText(one.month),
    one.origin,
    one.currency,
    one.openingMinor,
    one.issuedMinor,
    one.refundedMinor,
    one.redeemedMinor,
    one.expiredMinor,
    one.cancelledMinor,
    one.paidOutMinor,
    one.closingMinor,
  ].join(',')}\r\n`

const LEDGER_HEADER = 'at,voucher,customer,movement,kind,account,amount_minor,currency,origin,by,reference,undoes\r\n'

async function* ledgerLines(world: World): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode(LEDGER_HEADER)
  let after: LedgerPlace | null = null
  for (;;) {
    const page: Awaited<ReturnType<typeof readLedgerPage>> = await readLedgerPage(world.db, after, LEDGER_PAGE)
    const lines = page.flatMap((one) =>
      linesOf(one).map(({ account, minor }) => {
        const { voucher, customer, movement, kind, currency, origin, actor, reference, undoes } = one
        const cells = [rfc3339(one.at), voucher, csvCell(customer), csvCell(movement), kind, account, minor]
        return `${[...cells, currency, origin, actor, csvCell(reference ?? ''), csvCell(undoes ?? '')].join(',')}\r\n`
      }),
    )
    yield encoder.encode(lines.join(''))
    const last = page.at(-1)
    if (last === undefined || page.length < LEDGER_PAGE) return
    after = last
  }
}
