import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { Link } from 'wouter'
import { type VoucherOrigin, voucherOrigins } from '../../../core/voucher/voucher.ts'
import { api } from '../../api.ts'
import { minorOf } from '../../numbers.ts'
import { amountInput } from '../../parts/amount-input.ts'
import { CopyText } from '../../parts/copy-text.tsx'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

const END_OF_DAY = 'T23:59:59Z'

/** Issues a voucher, and shows its code once. */
export function IssueVoucher({ currency }: Readonly<{ currency: string }>) {
  const { w } = useSpeech()
  const id = useId()
  const client = useQueryClient()
  const [customer, setCustomer] = useState('')
  const [amount, setAmount] = useState('')
  const [origin, setOrigin] = useState<VoucherOrigin>('goodwill')
  const [until, setUntil] = useState('')
  // One name for one form as it is filled in: pressing twice, or again after a lost answer, issues once.
  const [movement, setMovement] = useState(() => crypto.randomUUID())
  const issue = useMutation({
    mutationFn: () =>
      api.issueVoucher({
        customer: customer.trim(),
        value: minorOf(amount, currency),
        currency,
        origin,
        movement,
        ...(until === '' ? {} : { expiresAt: until + END_OF_DAY }),
      }),
    onSuccess: () => {
      setMovement(crypto.randomUUID())
      setAmount('')
      void client.invalidateQueries({ queryKey: ['vouchers'] })
      void client.invalidateQueries({ queryKey: ['voucher-roll'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!issue.isPending) issue.mutate()
  }
  return (
    <details className="issue">
      <summary>{w.vouchers.issue}</summary>
      <form className="tools" onSubmit={submit}>
        <label htmlFor={`${id}-customer`}>
          <span className="quiet xs">{w.vouchers.customer}</span>
          <input
            id={`${id}-customer`}
            className="plain-input"
            required
            maxLength={200}
            value={customer}
            onChange={({ target }) => setCustomer(target.value)}
          />
        </label>
        <label htmlFor={`${id}-amount`}>
          <span className="quiet xs">{w.vouchers.amount(currency)}</span>
          <input
            {...amountInput(currency)}
            id={`${id}-amount`}
            className="plain-input"
            required
            size={9}
            value={amount}
            onChange={({ target }) => setAmount(target.value)}
          />
        </label>
        <label htmlFor={`${id}-origin`}>
          <span className="quiet xs">{w.vouchers.origin}</span>
          <select
            id={`${id}-origin`}
            className="plain-select"
            value={origin}
            onChange={({ target }) => setOrigin(voucherOrigins.find((one) => one === target.value) ?? 'goodwill')}
          >
            {voucherOrigins.map((one) => (
              <option key={one} value={one}>
                {w.vouchers.origins[one]}
              </option>
            ))}
          </select>
        </label>
        <label htmlFor={`${id}-until`}>
          <span className="quiet xs">{w.vouchers.until}</span>
          <input
            id={`${id}-until`}
            className="plain-input"
            type="date"
            value={until}
            onChange={({ target }) => setUntil(target.value)}
          />
        </label>
        <button type="submit" className="btn primary" aria-disabled={issue.isPending}>
          {w.vouchers.doIssue}
        </button>
      </form>
      {issue.isError ? <Refusal error={issue.error} /> : null}
      {issue.data === undefined || issue.data.code === null ? null : (
        <div role="status" className="issued">
          <p className="strong">{w.vouchers.code}</p>
          <CopyText text={issue.data.code} label={w.vouchers.codeEnd} />
          <Link className="q" href={`/vouchers/${issue.data.voucher.id}`}>
            {w.vouchers.see}
          </Link>
        </div>
      )}
    </details>
  )
}
