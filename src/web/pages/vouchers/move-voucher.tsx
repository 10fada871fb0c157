import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { VoucherView } from '../../../contract/vouchers.ts'
import { api } from '../../api.ts'
import { useMay } from '../../may.ts'
import { minorOf } from '../../numbers.ts'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

const END_OF_DAY = 'T23:59:59Z'

type Move = Readonly<{
  step: 'redeem' | 'refund' | 'extend' | 'cancel' | 'pay-out'
  body: Readonly<Record<string, unknown>>
}>

/** What the reader may do with a voucher in its state. What cannot be taken back asks first. */
export function MoveVoucher({ voucher }: Readonly<{ voucher: VoucherView }>) {
  const { w } = useSpeech()
  const may = useMay()
  const client = useQueryClient()
  const move = useMutation({
    mutationFn: ({ step, body }: Move) => api.moveVoucher(voucher.id, step, body),
    onSettled: () =>
      Promise.all(
        [['voucher', voucher.id], ['vouchers'], ['voucher-roll']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  })
  const isOpen = voucher.state === 'open'
  const act = (step: Move['step'], body: Move['body']) => {
    if (!move.isPending) move.mutate({ step, body })
  }
  const actions = [
    ...(isOpen && voucher.free > 0 && may('vouchers.redeem')
      ? [<AmountForm key="redeem" of={voucher} name={w.vouchers.redeem} act={(value) => act('redeem', { value })} />]
      : []),
    ...(voucher.used > 0 && (isOpen || voucher.state === 'used') && may('vouchers.redeem')
      ? [<AmountForm key="refund" of={voucher} name={w.vouchers.refund} act={(value) => act('refund', { value })} />]
      : []),
    ...(isOpen && voucher.expiresAt !== null && may('vouchers.issue')
      ? [<ExtendForm key="extend" act={(expiresAt) => act('extend', { expiresAt })} />]
      : []),
    ...(isOpen && voucher.holds.length === 0 && may('vouchers.redeem')
      ? [<Ending key="pay-out" of={voucher} name={w.vouchers.payOut} act={() => act('pay-out', {})} />]
      : []),
    ...(isOpen && voucher.holds.length === 0 && may('vouchers.issue')
      ? [<Ending key="cancel" of={voucher} name={w.vouchers.cancel} act={() => act('cancel', {})} />]
      : []),
  ]
  if (actions.length === 0) return null
  return (
    <section aria-label={w.vouchers.actions} className="actions">
      <div className="section-head">
        <h2>{w.vouchers.actions}</h2>
      </div>
      {move.isError ? <Refusal error={move.error} /> : null}
      <div className="tools">{actions}</div>
    </section>
  )
}

type AmountProps = Readonly<{ of: VoucherView; name: string; act: (value: number) => void }>

function AmountForm({ of, name, act }: AmountProps) {
  const { w } = useSpeech()
  const id = useId()
  const [amount, setAmount] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    act(minorOf(amount, of.currency))
    setAmount('')
  }
  return (
    <form className="row" onSubmit={submit}>
      <label htmlFor={id}>
        <span className="quiet xs">
          {name}, {w.vouchers.amount(of.currency)}
        </span>
        <input
          id={id}
          className="plain-input"
          required
          inputMode="decimal"
          pattern="[0-9]{1,6}([.,][0-9]{1,2})?"
          size={9}
          value={amount}
          onChange={({ target }) => setAmount(target.value)}
        />
      </label>
      <button type="submit" className="btn">
        {name}
      </button>
    </form>
  )
}

function ExtendForm({ act }: Readonly<{ act: (expiresAt: string) => void }>) {
  const { w } = useSpeech()
  const id = useId()
  const [until, setUntil] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    act(until + END_OF_DAY)
  }
  return (
    <form className="row" onSubmit={submit}>
      <label htmlFor={id}>
        <span className="quiet xs">{w.vouchers.lasts}</span>
        <input
          id={id}
          className="plain-input"
          type="date"
          required
          value={until}
          onChange={({ target }) => setUntil(target.value)}
        />
      </label>
      <button type="submit" className="btn">
        {w.vouchers.extend}
      </button>
    </form>
  )
}

type EndingProps = Readonly<{ of: VoucherView; name: string; act: () => void }>

function Ending({ of, name, act }: EndingProps) {
  const speech = useSpeech()
  const { w } = speech
  const [asked, setAsked] = useState(false)
  if (!asked) {
    return (
      <button type="button" className="btn" onClick={() => setAsked(true)}>
        {name}
      </button>
    )
  }
  return (
    <div className="row" role="alert">
      <span className="harm">{w.vouchers.surely(name, speech.money(of.left, of.currency))}</span>
      <button type="button" className="btn harmful" onClick={act}>
        {w.vouchers.yes}
      </button>
      <button type="button" className="btn" onClick={() => setAsked(false)}>
        {w.vouchers.no}
      </button>
    </div>
  )
}
