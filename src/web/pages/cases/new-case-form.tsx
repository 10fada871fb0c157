import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { CustomerFailures } from '../../../contract/cases.ts'
import { severityProposed } from '../../../core/cases/severity-proposed.ts'
import { api } from '../../api.ts'
import { categoryName, severityName } from '../../category.ts'
import { minorOf } from '../../numbers.ts'
import { amountInput } from '../../parts/amount-input.ts'
import { Field } from '../../parts/field.tsx'
import { Refusal } from '../../parts/states.tsx'
import { instantOfWall } from '../../wall-time.ts'
import { useSpeech } from '../../words.ts'

const TEXT_LENGTH_MAX = 200
const severities = ['minor', 'major', 'critical'] as const
const faults = ['firm', 'customer', 'third party'] as const
/** What the form offers; the firm's own words can be typed. */
const offered = [
  'late_delivery',
  'not_delivered',
  'lost_or_damaged',
  'wrong_or_missing_item',
  'refund_late',
  'billing',
  'outage',
]

type Failure = CustomerFailures['failures'][number]
type Props = Readonly<{ of: CustomerFailures; chosen: Failure | null; forget: () => void; currency: string }>

const firstOf = (chosen: Failure | null) => ({
  category: chosen?.category ?? '',
  when: '',
  order: '',
  loss: '',
  atFault: 'firm',
  severity: '',
  reason: '',
  note: '',
  another: false,
})
type Typed = ReturnType<typeof firstOf>

/** What a case needs to begin. The rule proposes how bad it is; another severity takes a reason. */
export function NewCaseForm({ of, chosen, forget, currency }: Props) {
  const { w, timeZone } = useSpeech()
  const id = useId()
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const [typed, setTyped] = useState(firstOf(chosen))
  const set = (part: Partial<Typed>) => setTyped((was) => ({ ...was, ...part }))
  const lossMinor = typed.loss.trim() === '' ? null : minorOf(typed.loss, currency)
  const proposed = chosen?.severity ?? severityProposed({ category: typed.category, lossMinor }, of.severity)
  const severity = severities.find((one) => one === typed.severity) ?? proposed
  const same = chosen === null && typed.order.trim() !== '' ? openOf(of, typed.order.trim()) : undefined
  const open = useMutation({
    mutationFn: () => api.openCase(wishOf({ of, chosen, typed, severity, lossMinor, currency, timeZone })),
    onSuccess: async ({ id: opened }) => {
      await client.invalidateQueries({ queryKey: ['cases'] })
      navigate(`/cases/${encodeURIComponent(opened)}`)
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!open.isPending) open.mutate()
  }
  return (
    <form className="form" onSubmit={submit} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{chosen === null ? w.desk.fresh : w.desk.forKnown}</h2>
      {chosen === null ? (
        <Fresh typed={typed} set={set} currency={currency} />
      ) : (
        <p>
          {categoryName(w, chosen.category)}{' '}
          <button type="button" className="q" onClick={forget}>
            {w.desk.backToNew}
          </button>
        </p>
      )}
      {same === undefined ? null : (
        <Duplicate of={same} another={typed.another} onChange={(another) => set({ another })} />
      )}
      <Field label={w.desk.severity} hint={w.desk.proposed(proposed)}>
        {(props) => (
          <select
            {...props}
            className="plain-select"
            value={severity}
            onChange={({ target }) => set({ severity: target.value })}
          >
            {severities.map((one) => (
              <option key={one} value={one}>
                {severityName(w, one)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {severity === proposed ? null : (
        <Field label={w.desk.reason}>
          {(props) => (
            <input
              {...props}
              required
              maxLength={TEXT_LENGTH_MAX}
              value={typed.reason}
              onChange={({ target }) => set({ reason: target.value })}
            />
          )}
        </Field>
      )}
      <Field label={w.desk.note} hint={w.desk.noteHint}>
        {(props) => (
          <textarea {...props} rows={3} value={typed.note} onChange={({ target }) => set({ note: target.value })} />
        )}
      </Field>
      {open.isError ? <Refusal error={open.error} /> : null}
      <div className="row">
        <button type="submit" className="btn primary" aria-disabled={open.isPending}>
          {w.desk.open}
        </button>
      </div>
    </form>
  )
}

const openOf = ({ failures }: CustomerFailures, order: string): Failure | undefined =>
  failures.find((one) => one.isOpen && one.links.includes(`order:${order}`))

type Wish = Readonly<{
  of: CustomerFailures
  chosen: Failure | null
  typed: Typed
  severity: (typeof severities)[number]
  lossMinor: number | null
  currency: string
  timeZone: string
}>

function wishOf({
  of,
  chosen,
  typed,
  severity,
  lossMinor,
  currency,
  timeZone,
}: Wish): Parameters<typeof api.openCase>[0] {
  const { order, note, reason, category, when, another } = typed
  const text = (name: string, value: string) => (value.trim() === '' ? {} : { [name]: value.trim() })
  const failedAt = instantOfWall(when, timeZone)
  return {
    customer: of.customer,
    severity,
    ...text('reason', reason),
    ...text('note', note),
    ...(chosen === null
      ? {
          ...text('category', category),
          ...text('order', order),
          ...(failedAt === undefined ? {} : { failedAt }),
          ...(lossMinor === null ? {} : { lossMinor, currency }),
          ...(another ? { another } : {}),
          atFault: faults.find((one) => one === typed.atFault) ?? 'firm',
        }
      : { failure: chosen.failure }),
  }
}

type FreshProps = Readonly<{ typed: Typed; set: (part: Partial<Typed>) => void; currency: string }>

function Fresh({ typed, set, currency }: FreshProps) {
  const { w, timeZone } = useSpeech()
  const id = useId()
  return (
    <>
      <Field label={w.desk.category}>
        {(props) => (
          <input
            {...props}
            required
            list={`${id}-categories`}
            maxLength={TEXT_LENGTH_MAX}
            value={typed.category}
            onChange={({ target }) => set({ category: target.value })}
          />
        )}
      </Field>
      <datalist id={`${id}-categories`}>
        {offered.map((one) => (
          <option key={one} value={one}>
            {categoryName(w, one)}
          </option>
        ))}
      </datalist>
      <Field label={w.desk.when} hint={w.desk.whenHint(timeZone)}>
        {(props) => (
          <input
            {...props}
            type="datetime-local"
            value={typed.when}
            onChange={({ target }) => set({ when: target.value })}
          />
        )}
      </Field>
      <Field label={w.desk.order}>
        {(props) => (
          <input
            {...props}
            maxLength={TEXT_LENGTH_MAX}
            value={typed.order}
            onChange={({ target }) => set({ order: target.value })}
          />
        )}
      </Field>
      <Field label={w.inCurrency(w.desk.loss, currency)} hint={w.desk.lossHint}>
        {(props) => (
          <input
            {...amountInput(currency)}
            {...props}
            value={typed.loss}
            onChange={({ target }) => set({ loss: target.value })}
          />
        )}
      </Field>
      <Field label={w.desk.fault}>
        {(props) => (
          <select
            {...props}
            className="plain-select"
            value={typed.atFault}
            onChange={({ target }) => set({ atFault: target.value })}
          >
            {faults.map((one) => (
              <option key={one} value={one}>
                {w.desk.faults[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  )
}

/** One incident, one failure: what is open of the same order is offered in its place. */
function Duplicate({
  of,
  another,
  onChange,
}: Readonly<{ of: Failure; another: boolean; onChange: (on: boolean) => void }>) {
  const { w } = useSpeech()
  return (
    <div className="refusal" role="alert">
      <p className="strong">
        {w.desk.duplicate}: {categoryName(w, of.category)}.
      </p>
      {of.case === null ? null : (
        <p>
          <Link className="btn" href={`/cases/${encodeURIComponent(of.case)}`}>
            {w.desk.hasCase}
          </Link>
        </p>
      )}
      <label className="row">
        <input type="checkbox" required checked={another} onChange={({ target }) => onChange(target.checked)} />{' '}
        {w.desk.another}
      </label>
    </div>
  )
}
