import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Exit, ExitOwed, ExitStepWish } from '../../../contract/exits.ts'
import { amountFor } from '../../../contract/settlement-sheet.ts'
import { voucherEnds } from '../../../core/exits/exit-case.ts'
import { exitsApi } from '../../api-exits.ts'
import { amountAsTyped, minorOf } from '../../numbers.ts'
import { amountInput } from '../../parts/amount-input.ts'
import { Loaded } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

type VoucherEnd = (typeof voucherEnds)[number]
type Owed = ExitOwed['owed'][number]
type Settled = Omit<Extract<ExitStepWish, { step: 'settle' }>['settlement'], 'currency'>
type Props = Readonly<{ of: Exit; currency: string; settle: (settled: Settled) => void }>

/** What is owed to whoever leaves, as far as cases and events tell, and the form that settles it. */
export function Settlement(props: Props) {
  const owed = useQuery({ queryKey: ['exits', props.of.id, 'owed'], queryFn: () => exitsApi.owed(props.of.id) })
  return <Loaded query={owed}>{(found) => <Form {...props} found={found} />}</Loaded>
}

const keyOf = ({ is, about }: Owed): string => `${is} ${about}`

function Form({ of, currency, settle, found }: Props & Readonly<{ found: ExitOwed }>) {
  const speech = useSpeech()
  const { w } = speech
  const s = w.settling
  // What is in another currency is paid back apart, and so is never in this sum.
  const [chosen, choose] = useState<readonly string[]>(
    found.owed.filter((one) => one.isSure && one.currency === currency).map(keyOf),
  )
  const sumOf = (keys: readonly string[]) =>
    found.owed.reduce((sum, one) => (keys.includes(keyOf(one)) && one.currency === currency ? sum + one.minor : sum), 0)
  const [typed, setTyped] = useState<string | null>(null)
  const [vouchers, setVouchers] = useState<VoucherEnd>(of.wishedVouchers ?? (found.kept.length === 0 ? 'none' : 'kept'))
  const refund = typed ?? amountAsTyped(speech.language, sumOf(chosen), currency)
  const turn = (one: Owed, on: boolean) => {
    setTyped(null)
    choose(on ? [...chosen, keyOf(one)] : chosen.filter((key) => key !== keyOf(one)))
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    const covers = found.owed.filter((one) => chosen.includes(keyOf(one))).map(({ is, about }) => ({ is, about }))
    settle({ refundMinor: minorOf(refund, currency), vouchers, ...(covers.length === 0 ? {} : { covers }) })
  }
  return (
    <form className="stack-form" onSubmit={send}>
      <p className="strong">{s.title}</p>
      {found.owed.length + found.kept.length === 0 ? <p className="soft">{s.nothing}</p> : null}
      {found.owed.length === 0 ? null : (
        <fieldset>
          <legend className="hidden-words">{s.title}</legend>
          {found.owed.map((one) => (
            <label key={keyOf(one)} className="owed-line">
              <input
                type="checkbox"
                checked={chosen.includes(keyOf(one))}
                onChange={({ target }) => turn(one, target.checked)}
              />
              <span className="anywhere">
                {s.owed[one.is](one.about)} <b>{amountFor(speech.language, one.minor, one.currency)}</b>
                {one.isSure ? null : <span className="quiet xs"> {s.unsure}</span>}
                {one.currency === currency ? null : <span className="quiet xs"> {s.apart(one.currency)}</span>}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {found.kept.length === 0 ? null : (
        <p className="soft">
          {s.kept(found.kept.map((one) => amountFor(speech.language, one.minor, one.currency)).join(', '))}
        </p>
      )}
      <div className="row">
        <label className="field">
          <span>{w.inCurrency(w.exits.refund, currency)}</span>
          <input {...amountInput(currency)} value={refund} onChange={({ target }) => setTyped(target.value)} required />
        </label>
        <label className="field">
          <span>{w.exits.vouchers}</span>
          <select
            className="plain-select"
            value={vouchers}
            onChange={({ target }) => setVouchers(voucherEnds.find((one) => one === target.value) ?? 'none')}
          >
            {voucherEnds.map((one) => (
              <option key={one} value={one}>
                {w.exits.voucherEnds[one]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="btn">
          {w.exits.settle}
        </button>
      </div>
    </form>
  )
}
