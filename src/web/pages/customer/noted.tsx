import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import type { NotedEvent } from '../../../contract/noted-events.ts'
import type { CustomerPage } from '../../../contract/show.ts'
import { Refused } from '../../api.ts'
import { said } from '../../api-said.ts'
import { useKeys } from '../../keyboard.ts'
import { useMay } from '../../may.ts'
import { Refusal } from '../../parts/states.tsx'
import { UndoOffer } from '../../parts/undo-offer.tsx'
import { useSpeech } from '../../words.ts'
import { AddEvent } from './add-event.tsx'
import { isKind, type Kind } from './event-kinds.ts'

/** The button that adds an event, its form, and what was added last, to be taken back with one key. */
export function Noted({ page, currency }: Readonly<{ page: CustomerPage; currency: string }>) {
  const { w } = useSpeech()
  const may = useMay()
  const [params, setParams] = useSearchParams()
  const asked = params.get('add')
  const [isOpen, setOpen] = useState(asked !== null)
  const [last, setLast] = useState<Readonly<{ event: NotedEvent; kind: Kind }> | null>(null)
  const back = useTakeBack(page.customer)
  useKeys({
    n: () => {
      if (may('customers.hear')) setOpen(true)
    },
  })
  if (!may('customers.hear')) return null
  const close = () => {
    setOpen(false)
    if (asked !== null) setParams({}, { replace: true })
  }
  return (
    <>
      <button type="button" className="btn" onClick={() => setOpen(true)}>
        {w.noting.title} <kbd>n</kbd>
      </button>
      {isOpen ? (
        <AddEvent
          customer={page.customer}
          currency={currency}
          first={{ kind: isKind(asked) ? asked : null, about: params.get('about') ?? '' }}
          added={(event, kind) => setLast({ event, kind })}
          close={close}
        />
      ) : null}
      <UndoOffer
        of={last}
        said={last === null ? null : w.noting.added(w.noting.kinds[last.kind])}
        undo={() => (last === null ? undefined : back.mutate(last.event.event))}
        hide={() => setLast(null)}
      >
        {back.isError ? <NotTakenBack error={back.error} /> : null}
      </UndoOffer>
    </>
  )
}

/** Takes back an event that was written down by hand. */
export function useTakeBack(customer: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (event: string) => said.takeBack(customer, event),
    onSuccess: () => client.invalidateQueries(),
  })
}

/** Why an event stays. */
export function NotTakenBack({ error }: Readonly<{ error: unknown }>) {
  const { w } = useSpeech()
  if (error instanceof Refused && error.problem.because === 'worked-on') {
    return (
      <p className="refusal" role="alert">
        {w.noting.workedOn}
      </p>
    )
  }
  return <Refusal error={error} />
}
