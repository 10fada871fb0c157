import { randomUUID } from 'node:crypto'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { commandLine } from '../../core/people/actor.ts'
import { DAY_MS, type Instant, instant, instantOf } from '../../core/time/instant.ts'
import {
  type VoucherOrigin,
  type VoucherState,
  type VoucherWish,
  voucherOrigins,
  voucherStates,
} from '../../core/voucher/voucher.ts'
import { readVoucherCode } from '../../core/voucher/voucher-code.ts'
import { hashOfCode, issueKeptVoucher } from '../../flows/act/vouchers/issue-voucher.ts'
import { moveKeptVoucher } from '../../flows/act/vouchers/move-voucher.ts'
import { voucherPageView, voucherView } from '../../flows/voucher-view.ts'
import type { World } from '../../flows/world.ts'
import { findVoucher, listVouchers, readTransfers } from '../../store/views/voucher-ledger-view.ts'
import { findVoucherPlace, handleOfCode, type StoredVoucher, type VoucherPlace } from '../../store/vouchers.ts'
import { Misconfigured } from '../misconfigured.ts'
import { answer, inWorld } from './answer.ts'
import { wholeNumber } from './whole-number.ts'

const EXIT_REFUSED = 1
const LIST_AT_FIRST = 50
const LIST_MAX = 1_000
const DAYS_MAX = 3_660
const VALUE_MAX = 100_000_000
const CURRENCY = /^[A-Z]{3}$/

type MoveFlags = Readonly<{ movement?: string; reference?: string; json?: boolean }>

/** Commands for vouchers. Amounts are in minor units, as everywhere in the product. */
export function addVoucherCommands(amends: Command): void {
  const voucher = amends
    .command('voucher')
    .description('vouchers that Amends keeps: issue, show, redeem, cancel, extend, list')
    .addHelpText(
      'after',
      '\nExamples:\n  amends voucher list --state open\n  amends voucher show 7K2QX-9MZ0T-4B6CD-E1F8H\n\nA voucher is named by its id or by its code. Exit code 0 when it was done, 1 when it was refused.',
    )
  addIssue(voucher)
  addReading(voucher)
  addMovements(voucher)
}

type IssueFlags = MoveFlags & Readonly<{ value: number; currency: string; origin: VoucherOrigin; expires?: string }>

function addIssue(voucher: Command): void {
  withMovement(voucher.command('issue <customer>'))
    .description('issue a voucher; its code is shown this once')
    .requiredOption('--value <minor>', 'how much, in minor units: 2500 is 25.00', amount)
    .requiredOption('--currency <code>', 'ISO 4217')
    .addOption(new Option('--origin <origin>', 'given as').choices(voucherOrigins).default('goodwill'))
    .option('--expires <day>', 'the last day, as 2027-12-31; for ever if left out')
    .addHelpText(
      'after',
      '\nExamples:\n  amends voucher issue C-1001 --value 2500 --currency EUR --expires 2027-12-31\n  amends voucher issue C-1001 --value 1000 --currency EUR --origin paid --movement order-77 --json',
    )
    .action(async (customer: string, flags: IssueFlags) => {
      if (!CURRENCY.test(flags.currency)) throw new Misconfigured(`"${flags.currency}" is no currency of ISO 4217.`)
      const wish = {
        customer,
        movement: flags.movement ?? randomUUID(),
        origin: flags.origin,
        currency: flags.currency,
        valueMinor: flags.value,
        expiresAt: flags.expires === undefined ? null : dayEnd(flags.expires),
        reference: flags.reference ?? null,
      }
      const issued = await inWorld('voucher', (world) => issueKeptVoucher(world, commandLine, wish))
      if (issued.kind === 'customer-unknown') return refuse(flags.json, issued.kind, `No event has named ${customer}.`)
      if (issued.kind === 'id-reused') return refuse(flags.json, issued.kind, 'This movement issued another voucher.')
      const { voucher: made, code } = issued
      const told = code === null ? 'It had been issued before: its code was told then.' : `Code: ${code}`
      answer(flags.json, { voucher: voucherView(made), code }, [told, ...linesOf(made)])
    })
}

function addReading(voucher: Command): void {
  voucher
    .command('show <voucher>')
    .description('what is left on a voucher, until when, and what moved it')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  amends voucher show 7K2QX-9MZ0T-4B6CD-E1F8H --json')
    .action(async (named: string, flags: { json?: boolean }) => {
      const page = await inWorld('voucher', async (world) => {
        const found = await findNamed(world, named)
        return found === undefined ? undefined : { found, moves: await readTransfers(world.db, found) }
      })
      if (page === undefined) return refuseUnknown(flags.json)
      const view = voucherPageView(page.found, page.moves)
      const moves = view.movements.map(
        ({ at, kind, value, debit, credit, undoes }) =>
          `${at}  ${kind}${undoes === null ? '' : ', undone'}  ${value}  ${debit} to ${credit}`,
      )
      answer(flags.json, view, [...linesOf(page.found), ...moves])
    })
  voucher
    .command('list')
    .description('vouchers, newest first')
    .option('--customer <key>', 'of this customer')
    .addOption(new Option('--state <state>', 'in this state').choices(voucherStates))
    .option('--days <n>', 'open ones that expire within so many days', wholeNumber)
    .option('--limit <n>', 'at most so many', wholeNumber, LIST_AT_FIRST)
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  amends voucher list --days 30\n  amends voucher list --customer C-1001 --json',
    )
    .action(async (flags: ListFlags) => {
      const found = await inWorld('voucher', ({ db, now }) => listVouchers(db, listQuery(flags, now())))
      const lines = found.map((one) => linesOf(one).join('  '))
      answer(flags.json, { vouchers: found.map(voucherView) }, lines.length === 0 ? ['There are none.'] : lines)
    })
}

type ListFlags = Readonly<{ customer?: string; state?: VoucherState; days?: number; limit: number; json?: boolean }>

function listQuery({ customer, state, days, limit }: ListFlags, now: Instant) {
  const ahead = days === undefined ? null : Math.min(days, DAYS_MAX)
  return {
    customer: customer ?? null,
    tail: null,
    state: ahead === null ? (state ?? null) : ('open' as const),
    expiresBefore: ahead === null ? null : instant(now + ahead * DAY_MS),
    after: null,
    limit: Math.min(limit, LIST_MAX),
  }
}

function addMovements(voucher: Command): void {
  withMovement(voucher.command('redeem <voucher>'))
    .description('take an amount from a voucher, or nothing if so much is not left')
    .requiredOption('--value <minor>', 'how much, in minor units', amount)
    .addHelpText(
      'after',
      '\nExample:\n  amends voucher redeem 7K2QX-9MZ0T-4B6CD-E1F8H --value 1000 --movement receipt-17',
    )
    .action(async (named: string, flags: MoveFlags & { value: number }) =>
      move(named, flags, {
        kind: 'redeem',
        minor: flags.value,
        hold: null,
      }),
    )
  withMovement(voucher.command('extend <voucher>'))
    .description('make a voucher last longer, never shorter')
    .requiredOption('--expires <day>', 'the last day, as 2027-12-31, or "never"')
    .addHelpText('after', '\nExample:\n  amends voucher extend 7K2QX-9MZ0T-4B6CD-E1F8H --expires 2027-12-31')
    .action(async (named: string, flags: MoveFlags & { expires: string }) =>
      move(named, flags, { kind: 'extend', expiresAt: flags.expires === 'never' ? null : dayEnd(flags.expires) }),
    )
  withMovement(voucher.command('cancel <voucher>'))
    .description('take a voucher back; what a buyer paid is owed to them from then on')
    .addHelpText('after', '\nExample:\n  amends voucher cancel 0f8fad5b-d9cb-469f-a165-70867728950e --json')
    .action(async (named: string, flags: MoveFlags) => move(named, flags, { kind: 'cancel' }))
}

const withMovement = (command: Command): Command =>
  command
    .option('--movement <name>', 'your own name for it: the same again is carried out once')
    .option('--reference <text>', 'an order, a receipt, a case: shown in the ledger')
    .option('--json', 'print one JSON object')

async function move(named: string, flags: MoveFlags, wish: VoucherWish): Promise<void> {
  const asked = { movement: flags.movement ?? randomUUID(), wish, currency: null, reference: flags.reference ?? null }
  const moved = await inWorld('voucher', async (world) => {
    const place = await findNamed(world, named)
    return place === undefined ? undefined : moveKeptVoucher(world, commandLine, placeOf(place), asked)
  })
  if (moved === undefined) return refuseUnknown(flags.json)
  if (moved.kind === 'refused') return refuse(flags.json, moved.code, moved.detail)
  const { minor, repeated, voucher } = moved
  answer(flags.json, { movement: asked.movement, value: minor, repeated, voucher: voucherView(voucher) }, [
    repeated ? 'It had been done before.' : 'Done.',
    ...linesOf(voucher),
  ])
}

const placeOf = ({ customer, voucher }: StoredVoucher): VoucherPlace => ({ customer, voucher })

/** The voucher by its id or its code. */
async function findNamed({ db }: World, named: string): Promise<StoredVoucher | undefined> {
  const code = readVoucherCode(named)
  const place = await findVoucherPlace(db, code === undefined ? named : handleOfCode(hashOfCode(code)))
  return place === undefined ? undefined : findVoucher(db, place)
}

const refuseUnknown = (asJson: boolean | undefined): void =>
  refuse(asJson, 'voucher-unknown', 'There is no voucher of this id or code.')

function refuse(asJson: boolean | undefined, code: string, detail: string): void {
  answer(asJson, { refused: code, detail }, [`Refused: ${detail}`])
  process.exitCode = EXIT_REFUSED
}

function linesOf(one: StoredVoucher): readonly string[] {
  const { id, customer, left, value, currency, state, expiresAt } = voucherView(one)
  return [
    `${id}  ${customer}  ${left} of ${value} ${currency} left, ${state}, ${expiresAt === null ? 'for ever' : `until ${expiresAt}`}`,
  ]
}

/** An amount above nothing. */
function amount(text: string): number {
  const minor = wholeNumber(text)
  if (minor < 1 || minor > VALUE_MAX) throw new InvalidArgumentError(`It must be from 1 to ${VALUE_MAX} minor units.`)
  return minor
}

/** The last instant of a day in UTC. */
function dayEnd(day: string): Instant {
  const at = instantOf(`${day}T23:59:59Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(at))
    throw new Misconfigured(`"${day}" is no day such as 2027-12-31.`)
  return at
}
