import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, type MouseEvent, useState } from 'react'
import type { GesturePreview, GestureWish } from '../../../contract/gestures.ts'
import type { CustomerPage } from '../../../contract/show.ts'
import { type GestureKind, gestureKinds, isTask } from '../../../core/gestures/gesture-rules.ts'
import { Refused } from '../../api.ts'
import { gesturesApi } from '../../api-gestures.ts'
import { categoryName } from '../../category.ts'
import { at } from '../../dates.ts'
import { momentName, whyNoGesture } from '../../gesture-words.ts'
import { useMay } from '../../may.ts'
import { minorOf } from '../../numbers.ts'
import { amountInput } from '../../parts/amount-input.ts'
import { Field } from '../../parts/field.tsx'
import { Letter } from '../../parts/letter.tsx'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { useCasesOf } from './use-cases-of.ts'

const SHOWN = 3
const TEXT_LENGTH_MAX = 2_000
const REASON_LENGTH_MAX = 500

type Props = Readonly<{ page: CustomerPage; currency: string }>

/** The latest gestures to this customer, and another by hand. */
export function Gestures({ page, currency }: Props) {
  const speech = useSpeech()
  const g = speech.w.gestures
  const may = useMay()
  const list = useQuery({
    queryKey: ['gestures', 'of', page.customer],
    queryFn: () => gesturesApi.list({ customer: page.customer, limit: SHOWN }, undefined),
    enabled: may('gestures.read'),
  })
  const found = list.data?.gestures ?? []
  if (found.length === 0 && !may('gestures.give')) return null
  return (
    <section>
      <h3>{g.onCustomer}</h3>
      {found.map((one) => (
        <p key={one.id}>
          {g.kinds[one.gesture]}
          {one.rule === 'hand' ? '' : `, ${momentName(speech, one.rule)}`}{' '}
          <span className="quiet">
            {g.states[one.state]}, {speech.day(at(one.doneAt ?? one.at))}
          </span>
        </p>
      ))}
      {may('gestures.give') ? <Make page={page} currency={currency} /> : null}
    </section>
  )
}

function wishOf(form: FormData, gesture: GestureKind, currency: string): GestureWish {
  const text = (name: string): string => String(form.get(name) ?? '').trim()
  const cost = minorOf(text('cost') === '' ? '0' : text('cost'), currency)
  return {
    gesture,
    costMinor: cost,
    reason: text('reason'),
    ...(isTask(gesture) ? {} : { text: text('words') }),
    ...(text('about') === '' ? {} : { about: text('about') }),
  }
}

function Make({ page, currency }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const g = w.gestures
  const client = useQueryClient()
  const [gesture, setGesture] = useState<GestureKind>('card')
  const [count, setCount] = useState(0)
  const give = useMutation({
    mutationFn: (wish: GestureWish) => gesturesApi.give(page.customer, wish),
    onSuccess: () => {
      // The form begins anew; after a refusal what was typed stays.
      setCount((so) => so + 1)
      return client.invalidateQueries()
    },
  })
  const look = useMutation({ mutationFn: (wish: GestureWish) => gesturesApi.preview(page.customer, wish) })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    look.reset()
    if (!give.isPending) give.mutate(wishOf(new FormData(event.currentTarget), gesture, currency))
  }
  const see = ({ currentTarget: { form } }: MouseEvent<HTMLButtonElement>) => {
    if (form?.reportValidity() === true) look.mutate(wishOf(new FormData(form), gesture, currency))
  }
  return (
    <details>
      <summary>{g.make}</summary>
      <form className="stack-form" key={count} onSubmit={submit} onInput={look.reset}>
        <p className="soft">{g.makeText}</p>
        <Field label={g.gesture}>
          {(field) => (
            <select
              {...field}
              value={gesture}
              onChange={({ target }) => setGesture(gestureKinds.find((one) => one === target.value) ?? gesture)}
            >
              {gestureKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {g.kinds[kind]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={`${gesture === 'voucher' ? g.amountVoucher : g.amount}, ${currency}`}>
          {(field) => <input {...amountInput(currency)} {...field} name="cost" required={gesture === 'voucher'} />}
        </Field>
        {isTask(gesture) ? null : (
          <Field label={g.words} hint={g.wordsHint}>
            {(field) => <textarea {...field} name="words" required rows={4} maxLength={TEXT_LENGTH_MAX} />}
          </Field>
        )}
        <About customer={page.customer} />
        <Field label={g.reason}>
          {(field) => <input {...field} name="reason" required maxLength={REASON_LENGTH_MAX} />}
        </Field>
        <div className="row">
          <button type="submit" className="btn" aria-disabled={give.isPending}>
            {g.send[gesture]}
          </button>
          {isTask(gesture) ? null : (
            <button type="button" className="btn" onClick={see} aria-disabled={look.isPending}>
              {g.see}
            </button>
          )}
        </div>
        {look.isError ? <Refusal error={look.error} {...titleOf(look.error, speech)} /> : null}
        <Mail of={look.data?.mail ?? null} />
        {give.isError ? <Refusal error={give.error} {...titleOf(give.error, speech)} /> : null}
      </form>
      <p role="status">{give.data === undefined ? null : give.data.state === 'to-do' ? g.isToDo : g.wasMade}</p>
    </details>
  )
}

/** The mail as it will be sent. */
function Mail({ of }: Readonly<{ of: GesturePreview['mail'] }>) {
  const { w } = useSpeech()
  return (
    <div aria-live="polite">
      {of === null ? null : (
        <>
          <p className="quiet xs">{w.asking.mailTo(of.to)}</p>
          <Letter of={of} />
          <p className="quiet xs">{w.tellings.previewLink}</p>
        </>
      )}
    </div>
  )
}

function titleOf(error: Error, speech: ReturnType<typeof useSpeech>): Readonly<{ title?: string }> {
  const because = error instanceof Refused ? error.problem.because : undefined
  return because === undefined ? {} : { title: speech.w.gestures.refused(whyNoGesture(speech, because)) }
}

/** While something is open, a gesture is about it or is none. */
function About({ customer }: Readonly<{ customer: string }>) {
  const { w } = useSpeech()
  const { data } = useCasesOf(customer)
  const open = (data?.cases ?? []).filter(({ closedAt }) => closedAt === null)
  if (open.length === 0) return null
  return (
    <Field label={w.gestures.about}>
      {(field) => (
        <select {...field} name="about">
          <option value="">{w.gestures.aboutNone}</option>
          {open.map(({ failure, category, id }) => (
            <option key={id} value={failure}>
              {categoryName(w, category)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
