import { Link } from 'wouter'
import type { Exit } from '../../../contract/exits.ts'
import { amountFor } from '../../../contract/settlement-sheet.ts'
import { lastMoment } from '../../../core/exits/exit-case.ts'
import { DAY_MS, instantOf } from '../../../core/time/instant.ts'
import { at } from '../../dates.ts'
import { OpeningLine } from '../../parts/opening-line.tsx'
import { useSpeech } from '../../words.ts'
import { ExitSteps } from './exit-steps.tsx'

/** One exit: a line that opens to what was said, when it ends, and what is left to do. */
export function ExitLine({ of, currency }: Readonly<{ of: Exit; currency: string }>) {
  const speech = useSpeech()
  const { w } = speech
  return (
    <OpeningLine
      line={
        <>
          <span className="strong">{w.exits.kinds[of.kind]}</span>
          <span>{of.customer ?? `${of.reference} ${of.name ?? ''}`}</span>
          <span className={of.customer === null ? 'harm' : 'soft'}>{whenOf(of, speech)}</span>
          <span className="soft nowrap">{speech.dayTime(at(of.requestedAt))}</span>
        </>
      }
    >
      {() => <Whole of={of} currency={currency} />}
    </OpeningLine>
  )
}

// The last day as the customer was told it.
function whenOf({ customer, endedAt, endsAt, endRule }: Exit, { w, day }: ReturnType<typeof useSpeech>): string {
  if (customer === null || endsAt === null) return w.exits.unmatched
  const last = lastMoment(instantOf(endsAt), endRule)
  if (endedAt === null) return w.exits.ends(day(last))
  return w.exits.ended(day(Math.min(at(endedAt), last)))
}

function Whole({ of, currency }: Readonly<{ of: Exit; currency: string }>) {
  const speech = useSpeech()
  const { w } = speech
  const lines = [
    [w.exits.reference, of.reference],
    [w.exits.name, of.name],
    [w.exits.email, of.email],
    [w.exits.reason, of.reason],
    [w.exits.wishedOn, of.wishedOn],
    [w.exits.received, `${speech.dayTime(at(of.requestedAt))}, ${w.exits.channels[of.channel]}, ${of.id}`],
    [w.exits.rule, of.endRule === null ? null : w.exits.rules[of.endRule]],
    [w.exitWays.withdrawUntil, withdrawWords(of, speech)],
    [w.exits.wished, of.wishedVouchers === null ? null : w.exits.voucherEnds[of.wishedVouchers]],
    [w.exits.referred, of.referredAt === null ? null : speech.dayTime(at(of.referredAt))],
    [w.exits.settled, doneWords(of.settledAt, speech)],
    [w.exits.refund, refundWords(of, speech)],
    [w.exits.vouchers, vouchersWords(of, speech)],
    [w.exits.handedOver, doneWords(of.handedOverAt, speech)],
  ] as const
  return (
    <div className="whole">
      <dl className="fields">
        {of.customer === null ? null : (
          <div>
            <dt>{w.outbox.customer}</dt>
            <dd>
              <Link className="q" href={`/customers/${encodeURIComponent(of.customer)}`}>
                {of.customer}
              </Link>
            </dd>
          </div>
        )}
        {lines.map(([name, value]) =>
          value === null || value === '' ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="anywhere">{value}</dd>
            </div>
          ),
        )}
      </dl>
      <ExitSteps of={of} currency={currency} />
    </div>
  )
}

/** What was paid back, and what it is made of. */
function refundWords({ settlement }: Exit, { w, language }: ReturnType<typeof useSpeech>): string | null {
  if (settlement === null) return null
  const { refundMinor, currency, covers = [] } = settlement
  const parts = covers.map(
    (one) => `${w.settling.owed[one.is](one.about)} ${amountFor(language, one.minor, one.currency)}`,
  )
  return [amountFor(language, refundMinor, currency), ...parts].join('; ')
}

function vouchersWords({ settlement }: Exit, { w, money }: ReturnType<typeof useSpeech>): string | null {
  if (settlement === null) return null
  const paid = settlement.paidOut?.map(({ voucher, minor, currency }) => `${voucher}: ${money(minor, currency)}`) ?? []
  return [w.exits.voucherEnds[settlement.vouchers], ...paid].join('; ')
}

function withdrawWords({ withdrawUntil, requestedAt }: Exit, { w, dueTime }: ReturnType<typeof useSpeech>) {
  if (withdrawUntil === null) return null
  const lateMs = at(requestedAt) - at(withdrawUntil)
  const until = dueTime(at(withdrawUntil))
  return lateMs <= 0 ? until : `${until}; ${w.exitWays.late(Math.ceil(lateMs / DAY_MS))}`
}

const doneWords = (when: string | null, { w, dayTime }: ReturnType<typeof useSpeech>): string =>
  when === null ? w.exits.not : dayTime(at(when))
