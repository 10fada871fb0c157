/** Stretches and open vouchers gathered into cells, so that a million vouchers weigh no more than their variety. */
import { calendarMonthOf, DAY_MS, type Instant } from '../time/instant.ts'
import type { VoucherOrigin } from '../voucher/voucher.ts'
import { redemptionCovariates } from './redemption-priors.ts'
import { type Outcome, type Stretch, serviceAfter, type VoucherService } from './redemption-rows.ts'
import { leftMinorAt, type VoucherLife } from './voucher-life.ts'

/** Lengths of stretches that are told apart, in a month: a cell keeps their mean. Steps of what is continuous. */
const EXPOSURE_STEPS = 6
const RECENT_STEPS = 4
const AMOUNT_STEPS = 5
/** Open vouchers issued within so many days, with balances within a tenth, are forecast as one kind. */
const CELL_DAYS = 5
const BALANCE_STEPS = 10
const WEEK_MS = 7 * DAY_MS

/** What a cell of open vouchers keeps of the life of its first voucher. */
type Life = Pick<VoucherLife, 'issuedAt' | 'expiresAt' | 'origin' | 'singleMerchant' | 'remindedAt'>

/** Vouchers that were given out together and live alike: they share a fate that no covariate tells. */
export function batchOf({ origin, issuedAt, expiresAt }: Life): string {
  const weeks = expiresAt === null ? 'no end' : Math.round((expiresAt - issuedAt) / WEEK_MS)
  return `${origin}|${calendarMonthOf(issuedAt)}|${weeks}`
}

/** Stretches that are alike, with how many there were and how many saw a use. */
export type RiskCell = Readonly<{
  batch: string
  month: number
  band: number
  origin: VoucherOrigin
  /** Mean length in months. */
  exposure: number
  /** In the order of `redemptionCovariates`. */
  x: readonly number[]
  count: number
  used: number
}>

/** Open vouchers that are alike. `first` stands for all of them. */
export type OpenCell = Readonly<{
  batch: string
  cohort: number
  origin: VoucherOrigin
  first: Life
  lnAmount: number
  service: VoucherService
  count: number
  balanceMinor: number
}>

type Writable<Whole> = { -readonly [Key in keyof Whole]: Whole[Key] }

/** The covariates of a stretch. `reminded` may be a share where it is not known yet. */
function stretchCovariates(
  stretch: Stretch,
  life: Pick<Life, 'singleMerchant'>,
  lnAmount: number,
  service: VoucherService,
  reminded = stretch.reminded ? 1 : 0,
): readonly number[] {
  const value = {
    v_bad_open: service.badOpen,
    v_bad_recent: service.badRecent,
    v_good_recent: service.goodRecent,
    v_exit_announced: service.exitAnnounced,
    v_double_dev: service.doubleDeviation,
    v_expiry_month: stretch.expiryMonth ? 1 : 0,
    v_reminder: reminded,
    v_ln_amount: lnAmount,
    v_single_merchant: life.singleMerchant === true ? 1 : 0,
  }
  return redemptionCovariates.map((name) => value[name])
}

const stepped = (value: number, steps: number): number => Math.round(value * steps) / steps

/** ln(balance / median balance), in steps; 0 where either is nothing. */
const lnAmountOf = (leftMinor: number, medianMinor: number): number =>
  leftMinor > 0 && medianMinor > 0 ? stepped(Math.log(leftMinor / medianMinor), AMOUNT_STEPS) : 0

const coarse = (service: VoucherService): VoucherService => ({
  ...service,
  badRecent: stepped(service.badRecent, RECENT_STEPS),
})

/** Adds the outcome of a stretch to the cells of its kind. */
export function addRisk(
  cells: Map<string, Writable<RiskCell>>,
  life: VoucherLife,
  { stretch, leftMinor, used }: Outcome,
  service: VoucherService,
  medianMinor: number,
): void {
  const length = Math.floor(stretch.exposure * EXPOSURE_STEPS)
  const x = stretchCovariates(stretch, life, lnAmountOf(leftMinor, medianMinor), coarse(service))
  const batch = batchOf(life)
  const key = `${batch}|${stretch.month}|${stretch.band}|${length}|${x.join()}`
  const known = cells.get(key)
  if (known !== undefined) {
    known.exposure += (stretch.exposure - known.exposure) / (known.count + 1)
    known.count += 1
    known.used += used ? 1 : 0
    return
  }
  const { origin } = life
  cells.set(key, {
    batch,
    month: stretch.month,
    band: stretch.band,
    origin,
    exposure: stretch.exposure,
    x,
    count: 1,
    used: used ? 1 : 0,
  })
}

/** Adds a voucher that is open at an instant to the cells of its kind. */
export function addOpen(
  cells: Map<string, Writable<OpenCell>>,
  life: VoucherLife,
  at: Instant,
  service: VoucherService,
  medianMinor: number,
): void {
  const left = leftMinorAt(life, at)
  const batch = batchOf(life)
  const said = coarse(service)
  const days = (instant: Instant | null) => (instant === null ? '-' : Math.floor(instant / (CELL_DAYS * DAY_MS)))
  const reminded = life.remindedAt.filter((one) => one <= at).at(-1) ?? null
  const balance = left > 0 ? Math.round(Math.log(left) * BALANCE_STEPS) : '-'
  const key = [
    batch,
    days(life.issuedAt),
    days(life.expiresAt),
    days(reminded),
    life.singleMerchant,
    balance,
    Object.values(said).join(),
  ].join('|')
  const known = cells.get(key)
  if (known !== undefined) {
    known.count += 1
    known.balanceMinor += left
    return
  }
  const { issuedAt, expiresAt, origin, singleMerchant } = life
  cells.set(key, {
    batch,
    cohort: calendarMonthOf(issuedAt),
    origin,
    first: { issuedAt, expiresAt, origin, singleMerchant, remindedAt: reminded === null ? [] : [reminded] },
    lnAmount: lnAmountOf(left, medianMinor),
    service: said,
    count: 1,
    balanceMinor: left,
  })
}

/** The covariates foreseen for a stretch to come: service fades, and reminders come as often as they did. */
export function foreseenCovariates(
  stretch: Stretch,
  cell: OpenCell,
  from: Instant,
  reminderShare: number,
): readonly number[] {
  const service = serviceAfter(cell.service, (stretch.from - from) / DAY_MS)
  const reminded = stretch.reminded ? 1 : stretch.expiryMonth ? reminderShare : 0
  return stretchCovariates(stretch, cell.first, cell.lnAmount, service, reminded)
}
