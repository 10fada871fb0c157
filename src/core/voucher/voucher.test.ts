import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calendarMonthOf, DAY_MS, instant } from '../time/instant.ts'
import { rollForward } from './roll-forward.ts'
import { UNDO_MS, undoLast, undoRefusal } from './undo.ts'
import { issueVoucher, type KeptVoucher, leftMinor, moveVoucher, type VoucherWish, voucherOrigins } from './voucher.ts'
import { linesOf, type Transfer, type VoucherAccount } from './voucher-ledger.ts'

const start = instant(Date.UTC(2026, 0, 31))
const at = (days: number) => instant(start + days * DAY_MS)
const issued = (over: Partial<Parameters<typeof issueVoucher>[0]> = {}) =>
  issueVoucher({ origin: 'paid', currency: 'EUR', valueMinor: 5_000, expiresAt: at(365), ...over })

const did = (was: KeptVoucher, wish: VoucherWish, day = 1) => {
  const moved = moveVoucher(was, wish, at(day))
  if (moved.kind !== 'moved') throw new Error(JSON.stringify(moved))
  return moved
}

const minor = fc.integer({ min: 1, max: 4_000 })
const wish: fc.Arbitrary<VoucherWish> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('redeem'), minor, hold: fc.option(fc.constantFrom('a', 'b')) }),
  },
  fc.record({
    kind: fc.constant('reserve'),
    hold: fc.constantFrom('a', 'b'),
    minor,
    until: fc.integer({ min: 0, max: 200 }).map(at),
  }),
  fc.record({ kind: fc.constant('release'), hold: fc.constantFrom('a', 'b') }),
  fc.record({ kind: fc.constant('refund'), minor }),
  fc.record({ kind: fc.constant('extend'), expiresAt: fc.option(fc.integer({ min: 0, max: 500 }).map(at)) }),
  fc.constantFrom({ kind: 'cancel' }, { kind: 'pay-out' }, { kind: 'expire' }),
)
// Taking the last movement back is asked for like any other.
type Asked = VoucherWish | Readonly<{ kind: 'undo' }>
const asked: fc.Arbitrary<Asked> = fc.oneof(
  { weight: 5, arbitrary: wish },
  { weight: 1, arbitrary: fc.constant({ kind: 'undo' } as const) },
)
const story = fc.record({
  origin: fc.constantFrom(...voucherOrigins),
  currency: fc.constantFrom('EUR', 'USD'),
  valueMinor: fc.integer({ min: 1, max: 10_000 }),
  expiresAt: fc.option(fc.integer({ min: 10, max: 150 }).map(at)),
  wishes: fc.array(fc.record({ wish: asked, days: fc.integer({ min: 0, max: 40 }) }), { maxLength: 25 }),
})
type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never

function live({ wishes, ...issue }: Story) {
  const { voucher: first, transfer } = issueVoucher(issue)
  const booked: { transfer: Transfer; month: number; undoes?: true }[] = [{ transfer, month: calendarMonthOf(start) }]
  let voucher = first
  let last: Readonly<{ before: KeptVoucher | null; transfers: readonly Transfer[] }> | null = {
    before: null,
    transfers: [transfer],
  }
  let day = 0
  const seen = [first]
  for (const one of wishes) {
    day += one.days
    if (one.wish.kind === 'undo') {
      if (last === null) continue
      const undone = undoLast(voucher, last.before, last.transfers)
      voucher = undone.voucher
      last = null
      seen.push(voucher)
      for (const each of undone.transfers)
        booked.push({ transfer: each, month: calendarMonthOf(at(day)), undoes: true })
      continue
    }
    const moved = moveVoucher(voucher, one.wish, at(day))
    if (moved.kind !== 'moved') continue
    last = { before: voucher, transfers: moved.transfers }
    voucher = moved.voucher
    seen.push(voucher)
    for (const each of moved.transfers) booked.push({ transfer: each, month: calendarMonthOf(at(day)) })
  }
  return { voucher, booked, seen, lastMonth: calendarMonthOf(at(day)) }
}

describe('whatever is asked of vouchers, in whatever order', () => {
  test('no balance is ever below zero, and only an open voucher has value left', () => {
    fc.assert(
      fc.property(story, (one) => {
        for (const voucher of live(one).seen) {
          expect(voucher.freeMinor).toBeGreaterThanOrEqual(0)
          for (const hold of voucher.holds) expect(hold.minor).toBeGreaterThan(0)
          expect(leftMinor(voucher) > 0).toBe(voucher.state === 'open')
          expect(leftMinor(voucher) + voucher.usedMinor).toBeLessThanOrEqual(voucher.valueMinor)
        }
      }),
    )
  })

  test('the two lines of every movement sum to zero, and what is left is what the ledger says', () => {
    fc.assert(
      fc.property(story, (one) => {
        const { voucher, booked } = live(one)
        const balance = new Map<VoucherAccount, number>()
        for (const { transfer } of booked) {
          const lines = linesOf(transfer)
          expect(lines[0].minor + lines[1].minor).toBe(0)
          for (const line of lines) balance.set(line.account, (balance.get(line.account) ?? 0) + line.minor)
        }
        expect(-(balance.get('liability') ?? 0) + 0).toBe(voucher.freeMinor)
        expect(-(balance.get('reserved') ?? 0) + 0).toBe(leftMinor(voucher) - voucher.freeMinor)
      }),
    )
  })

  test('the roll-forward opens with the close of the month before and closes with what is left, to the unit', () => {
    fc.assert(
      fc.property(fc.array(story, { minLength: 1, maxLength: 8 }), (stories) => {
        const lives = stories.map((one) => ({ ...live(one), origin: one.origin, currency: one.currency }))
        const sums = lives.flatMap(({ booked, origin, currency }) =>
          booked.map(({ transfer, month, undoes }) => ({
            month,
            origin,
            currency,
            kind: transfer.kind,
            minor: undoes === true ? -transfer.minor : transfer.minor,
          })),
        )
        const last = Math.max(...lives.map(({ lastMonth }) => lastMonth))
        const rolled = rollForward(sums, last)
        for (const [nth, row] of rolled.entries()) {
          const before = rolled[nth - 1]
          const follows = before?.origin === row.origin && before.currency === row.currency
          expect(row.openingMinor).toBe(follows ? before.closingMinor : 0)
        }
        for (const origin of voucherOrigins) {
          for (const currency of ['EUR', 'USD']) {
            const own = lives.filter((one) => one.origin === origin && one.currency === currency)
            const closing = rolled.find(
              (row) => row.month === last && row.origin === origin && row.currency === currency,
            )
            expect(closing?.closingMinor ?? 0).toBe(own.reduce((sum, { voucher }) => sum + leftMinor(voucher), 0))
          }
        }
      }),
    )
  })
})

describe('one voucher', () => {
  test('is used in parts, and no more than is left is ever taken', () => {
    const { voucher } = did(issued().voucher, { kind: 'redeem', minor: 3_000, hold: null })
    expect(leftMinor(voucher)).toBe(2_000)
    expect(moveVoucher(voucher, { kind: 'redeem', minor: 2_001, hold: null }, at(1))).toEqual({
      kind: 'short',
      leftMinor: 2_000,
    })
    expect(did(voucher, { kind: 'redeem', minor: 2_000, hold: null }).voucher.state).toBe('used')
  })

  test('keeps what a checkout reserved from everybody else, until the reservation is used, released, or over', () => {
    const hold = { kind: 'reserve', hold: 'order-1', minor: 4_000, until: at(2) } as const
    const { voucher } = did(issued().voucher, hold)
    expect(moveVoucher(voucher, { kind: 'redeem', minor: 1_001, hold: null }, at(1)).kind).toBe('short')
    expect(moveVoucher(voucher, { kind: 'cancel' }, at(1)).kind).toBe('not-in-this-state')
    const used = did(voucher, { kind: 'redeem', minor: 3_500, hold: 'order-1' })
    expect([used.voucher.freeMinor, used.voucher.holds]).toEqual([1_500, []])
    expect(did(voucher, { kind: 'release', hold: 'order-1' }).voucher.freeMinor).toBe(5_000)
    expect(did(voucher, { kind: 'redeem', minor: 5_000, hold: null }, 2).voucher.state).toBe('used')
  })

  test('is usable at the very instant of its expiry and not after, and expires to the account of its origin', () => {
    const { voucher } = issued({ origin: 'goodwill', expiresAt: at(3) })
    expect(moveVoucher(voucher, { kind: 'redeem', minor: 1, hold: null }, at(3)).kind).toBe('moved')
    expect(moveVoucher(voucher, { kind: 'redeem', minor: 1, hold: null }, instant(at(3) + 1)).kind).toBe(
      'not-in-this-state',
    )
    expect(moveVoucher(voucher, { kind: 'expire' }, at(3)).kind).toBe('not-in-this-state')
    expect(did(voucher, { kind: 'expire' }, 4).transfers).toEqual([
      { kind: 'expired', debit: 'liability', credit: 'goodwill', minor: 5_000 },
    ])
  })

  test('is never made to last shorter', () => {
    const { voucher } = issued({ expiresAt: at(10) })
    expect(moveVoucher(voucher, { kind: 'extend', expiresAt: at(9) }, at(1)).kind).toBe('not-in-this-state')
    expect(did(voucher, { kind: 'extend', expiresAt: null }).voucher.expiresAt).toBeNull()
    const forever = issued({ expiresAt: null }).voucher
    expect(moveVoucher(forever, { kind: 'extend', expiresAt: at(9) }, at(1)).kind).toBe('not-in-this-state')
  })

  test('that was used up is open again after a refund of no more than was used', () => {
    const used = did(issued().voucher, { kind: 'redeem', minor: 5_000, hold: null }).voucher
    expect(moveVoucher(used, { kind: 'refund', minor: 5_001 }, at(2)).kind).toBe('short')
    expect(did(used, { kind: 'refund', minor: 1_200 }).voucher).toMatchObject({ state: 'open', freeMinor: 1_200 })
  })
})

describe('the last movement', () => {
  const last = { movement: 'm', kind: 'redeemed', at: at(1), by: 'person:1', before: null } as const
  test.each([
    ['by who made it, within seconds', last, 'm', 'person:1', 0, null],
    ['not by somebody else', last, 'm', 'person:2', 0, /Only who made/],
    ['not once another came', last, 'n', 'person:1', 0, /Only the last/],
    ['not once it is taken back', null, 'm', 'person:1', 0, /Only the last/],
    ['not later', last, 'm', 'person:1', UNDO_MS + 1, /ten seconds/],
    ['not a reservation', { ...last, kind: 'reserved' }, 'm', 'person:1', 0, /released/],
  ] as const)('is taken back %s', (_, was, movement, by, later, refusal) => {
    const found = undoRefusal(was, { movement, by }, instant(at(1) + later))
    if (refusal === null) expect(found).toBeNull()
    else expect(found).toMatch(refusal)
  })
})
