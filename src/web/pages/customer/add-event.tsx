import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import type { NotedEvent } from '../../../contract/noted-events.ts'
import { said } from '../../api-said.ts'
import { Field } from '../../parts/field.tsx'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { EventFields } from './event-fields.tsx'
import { forms, isKind, type Kind, type TypedEvent, wishOfEvent } from './event-kinds.ts'

type Props = Readonly<{
  customer: string
  currency: string
  /** What is chosen already where one comes from a case. */
  first: Readonly<{ kind: Kind | null; about: string }>
  added: (event: NotedEvent, kind: Kind) => void
  close: () => void
}>

const kinds = Object.keys(forms).filter(isKind)

/** Somebody of the firm writes down what happened with a customer. */
export function AddEvent({ customer, currency, first, added, close }: Props) {
  const { w, timeZone } = useSpeech()
  const id = useId()
  const client = useQueryClient()
  const dialog = useRef<HTMLDialogElement>(null)
  const [kind, setKind] = useState<Kind | null>(first.kind)
  const [typed, setTyped] = useState<TypedEvent>({ about: first.about })
  useEffect(() => dialog.current?.showModal(), [])
  const add = useMutation({
    mutationFn: (of: Kind) => said.note(customer, wishOfEvent(of, typed, { timeZone, currency })),
    onSuccess: async (event, of) => {
      dialog.current?.close()
      added(event, of)
      await client.invalidateQueries()
    },
  })
  const change = (part: TypedEvent) => setTyped((was) => ({ ...was, ...part }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (kind !== null && !add.isPending) add.mutate(kind)
  }
  const hint = kind === null ? '' : w.noting.hints[kind]
  return (
    <dialog className="dialog add-event" ref={dialog} onClose={close} aria-labelledby={`${id}-title`}>
      <form onSubmit={submit}>
        <h2 id={`${id}-title`}>{w.noting.title}</h2>
        <p className="soft">{w.noting.text}</p>
        <Field label={w.noting.kind} {...(hint === '' ? {} : { hint })}>
          {(field) => (
            <select
              {...field}
              className="plain-select"
              required
              value={kind ?? ''}
              onChange={({ target }) => {
                add.reset()
                setKind(isKind(target.value) ? target.value : null)
              }}
            >
              <option value="">{w.noting.choose}</option>
              {kinds.map((one) => (
                <option key={one} value={one}>
                  {w.noting.kinds[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        {kind === null ? null : (
          <>
            <EventFields customer={customer} kind={kind} currency={currency} typed={typed} change={change} />
            <Field label={w.noting.at} hint={w.noting.atHint(timeZone)}>
              {(field) => (
                <input
                  {...field}
                  type="datetime-local"
                  value={typed.at ?? ''}
                  onChange={({ target }) => change({ at: target.value })}
                />
              )}
            </Field>
          </>
        )}
        {add.isError ? <Refusal error={add.error} /> : null}
        <div className="row">
          <button type="submit" className="btn primary" aria-disabled={kind === null || add.isPending}>
            {w.noting.add}
          </button>
          <button type="button" className="btn" onClick={() => dialog.current?.close()}>
            {w.cancel}
          </button>
        </div>
      </form>
    </dialog>
  )
}
