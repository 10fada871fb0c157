import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useId, useState } from 'react'
import type { VoucherView } from '../../../contract/vouchers.ts'
import { api } from '../../api.ts'
import { useKeys } from '../../keyboard.ts'
import { useMay } from '../../may.ts'
import { minorOf } from '../../numbers.ts'
import { amountInput } from '../../parts/amount-input.ts'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

const END_OF_DAY = 'T23:59:59Z'

type Move = Readonly<{
  step: 'redeem' | 'refund' | 'extend' | 'cancel' | 'pay-out'
  body: Readonly<Record<string, unknown>>
}>

const UNDO_MS = 10_000

/** What can still be taken back: the movement, in words. */
type Undoable = Readonly<{ movement: string; step: Move['step'] }>

/** What the reader may do with a voucher in its state. Each movement can be taken back for ten seconds. */
export function MoveVoucher({ voucher }: Readonly<{ voucher: VoucherView }>) {
  const { w } = useSpeech()
  const may = useMay()
  const client = useQueryClient()
  const [done, setDone] = useState<Undoable | null>(null)
  const readAgain = () =>
    Promise.all(
      [['voucher', voucher.id], ['vouchers'], ['voucher-roll']].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    )
  const move = useMutation({
    mutationFn: ({ step, body }: Move) => api.moveVoucher(voucher.id, step, body),
    onSuccess: ({ movement, repeated }, { step }) => setDone(repeated ? null : { movement, step }),
    onSettled: readAgain,
  })
  const undo = useMutation({
    mutationFn: ({ movement }: Undoable) => api.moveVoucher(voucher.id, 'undo', { movement }),
    onSuccess: () => setDone(null),
    onSettled: readAgain,
  })
  useEffect(() => {
    const timer = done === null ? undefined : setTimeout(() => setDone(null), UNDO_MS)
    return () => clearTimeout(timer)
  }, [done])
  const takeBack = () => {
    if (done !== null && !undo.isPending) undo.mutate(done)
  }
  useKeys({ z: takeBack })
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
      ? [<Ending key="pay-out" name={w.vouchers.payOut} act={() => act('pay-out', {})} />]
      : []),
    ...(isOpen && voucher.holds.length === 0 && may('vouchers.issue')
      ? [<Ending key="cancel" name={w.vouchers.cancel} act={() => act('cancel', {})} />]
      : []),
  ]
  const error = move.error ?? undo.error
  if (actions.length === 0 && done === null && error === null) return null
  return (
    <section aria-label={w.vouchers.actions} className="actions">
      <div className="section-head">
        <h2>{w.vouchers.actions}</h2>
      </div>
      {error === null ? null : <Refusal error={error} />}
      <Done of={done} takeBack={takeBack} />
      <div className="tools">{actions}</div>
    </section>
  )
}

/** What was just done, and the way back. */
function Done({ of, takeBack }: Readonly<{ of: Undoable | null; takeBack: () => void }>) {
  const { w } = useSpeech()
  const may = useMay()
  if (of === null || !may('vouchers.issue')) return null
  const names = {
    redeem: w.vouchers.redeem,
    refund: w.vouchers.refund,
    extend: w.vouchers.extend,
    cancel: w.vouchers.cancel,
    'pay-out': w.vouchers.payOut,
  } as const
  return (
    <p role="status" className="row">
      {w.vouchers.didMove(names[of.step])}
      <button type="button" className="btn" onClick={takeBack}>
        {w.undo}
        <kbd>z</kbd>
      </button>
    </p>
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
          {...amountInput(of.currency)}
          id={id}
          className="plain-input"
          required
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

function Ending({ name, act }: Readonly<{ name: string; act: () => void }>) {
  return (
    <button type="button" className="btn" onClick={act}>
      {name}
    </button>
  )
}
