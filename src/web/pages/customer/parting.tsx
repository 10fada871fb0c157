import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId } from 'react'
import { Link } from 'wouter'
import type { Exit, ExitWish } from '../../../contract/exits.ts'
import type { CustomerPage } from '../../../contract/show.ts'
import { exitKinds, lastMoment } from '../../../core/exits/exit-case.ts'
import { partingReason } from '../../../core/exits/part-ways.ts'
import { instantOf } from '../../../core/time/instant.ts'
import { exitsApi } from '../../api-exits.ts'
import { at } from '../../dates.ts'
import { useMay } from '../../may.ts'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { useCasesOf } from './use-cases-of.ts'

/** Whether letting go is proposed, and the way out for a customer who says so to one of us. */
export function Parting({ page }: Readonly<{ page: CustomerPage }>) {
  const speech = useSpeech()
  const { w } = speech
  const may = useMay()
  const { data } = useCasesOf(page.customer)
  const client = useQueryClient()
  const take = useMutation({
    mutationFn: (wish: ExitWish) => exitsApi.takeExit(wish),
    onSuccess: () => client.invalidateQueries(),
  })
  if (page.facts.leftAt !== null || page.erased) return null
  const askedToLeave = page.facts.exitRequestedAt !== null
  const { conductNotedAt } = page.facts
  const reason = partingReason({
    askedToLeave,
    failedRounds: (data?.cases ?? []).map((of) => of.failedRounds),
    conductNotedAt: conductNotedAt === null ? null : instantOf(conductNotedAt),
    at: instantOf(page.asOf),
  })
  return (
    <section className="stake">
      <h3>{w.parting.title}</h3>
      <p className="soft">
        {reason === null ? w.parting.notProposed : w.parting.proposed[reason]}
        {reason === 'conduct noted' && conductNotedAt !== null
          ? ` ${w.parting.conductOn(speech.fullDay(at(conductNotedAt)))}`
          : null}
      </p>
      {take.data !== undefined ? (
        <Taken exit={take.data} />
      ) : askedToLeave ? (
        <Link className="q" href="/exits">
          {w.parting.toExits}
        </Link>
      ) : may('exits.take') ? (
        <Take customer={page.customer} take={take} />
      ) : null}
    </section>
  )
}

const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '').trim()

function wishOf(customer: string, form: FormData): ExitWish {
  const kind = exitKinds.find((one) => one === form.get('kind')) ?? 'cancel'
  const [reference, wishedOn, reason] = ['reference', 'wishedOn', 'reason'].map((name) => textOf(form, name))
  return {
    customer,
    kind,
    ...(reference ? { reference } : {}),
    ...(wishedOn ? { wishedOn } : {}),
    ...(reason ? { reason } : {}),
  }
}

function Take({ customer, take }: Readonly<{ customer: string; take: UseMutationResult<Exit, Error, ExitWish> }>) {
  const { w } = useSpeech()
  const id = useId()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!take.isPending) take.mutate(wishOf(customer, new FormData(event.currentTarget)))
  }
  return (
    <details>
      <summary>{w.parting.take}</summary>
      <form className="stack-form" onSubmit={submit}>
        <p>{w.parting.text}</p>
        <div className="field">
          <label htmlFor={`${id}-kind`}>{w.parting.kind}</label>
          <select id={`${id}-kind`} name="kind">
            {exitKinds.map((kind) => (
              <option key={kind} value={kind}>
                {w.exits.kinds[kind]}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`${id}-reference`}>{w.parting.reference}</label>
          <input id={`${id}-reference`} name="reference" maxLength={80} aria-describedby={`${id}-hint`} />
          <span className="quiet xs" id={`${id}-hint`}>
            {w.parting.referenceHint}
          </span>
        </div>
        <div className="field">
          <label htmlFor={`${id}-day`}>{w.parting.wishedOn}</label>
          <input id={`${id}-day`} name="wishedOn" type="date" />
        </div>
        <div className="field">
          <label htmlFor={`${id}-reason`}>{w.parting.reason}</label>
          <input id={`${id}-reason`} name="reason" maxLength={1_000} />
        </div>
        {take.isError ? <Refusal error={take.error} /> : null}
        <div className="row">
          <button type="submit" className="btn" aria-disabled={take.isPending}>
            {w.parting.confirm}
          </button>
        </div>
      </form>
    </details>
  )
}

function Taken({ exit }: Readonly<{ exit: Exit }>) {
  const speech = useSpeech()
  const { w } = speech
  const last = exit.endsAt === null ? null : lastMoment(instantOf(exit.endsAt), exit.endRule)
  return (
    <p role="status">
      {last === null ? w.parting.takenOpen(exit.id) : w.parting.taken(exit.id, speech.fullDay(last))}{' '}
      <Link className="q" href="/exits">
        {w.parting.toExits}
      </Link>
    </p>
  )
}
