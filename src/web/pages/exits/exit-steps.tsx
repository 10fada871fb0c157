import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Exit, ExitStepWish } from '../../../contract/exits.ts'
import { exitsApi } from '../../api-exits.ts'
import { useMay } from '../../may.ts'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { Settlement } from './settlement.tsx'

/** What is left to do for one exit, as far as the reader may. The end needs nobody. */
export function ExitSteps({ of, currency }: Readonly<{ of: Exit; currency: string }>) {
  const { w } = useSpeech()
  const may = useMay()
  const client = useQueryClient()
  const act = useMutation({
    mutationFn: (what: ExitStepWish | Readonly<{ customer: string }>) =>
      'customer' in what ? exitsApi.matchExit(of.id, what.customer) : exitsApi.takeExitStep(of.id, what),
    onSettled: () => client.invalidateQueries({ queryKey: ['exits'] }),
  })
  const isKnown = of.customer !== null
  return (
    <>
      {act.isError ? <Refusal error={act.error} /> : null}
      {!isKnown && may('exits.take') ? <Whose match={(customer) => act.mutate({ customer })} /> : null}
      {isKnown && of.settledAt === null && may('exits.decide') ? (
        <Settlement
          of={of}
          settle={(settlement) => act.mutate({ step: 'settle', settlement: { ...settlement, currency } })}
          currency={currency}
        />
      ) : null}
      {isKnown && of.handedOverAt === null && may('exits.decide') ? (
        <div className="row">
          <button type="button" className="btn" onClick={() => act.mutate({ step: 'hand-over' })}>
            {w.exits.handOver}
          </button>
        </div>
      ) : null}
    </>
  )
}

function Whose({ match }: Readonly<{ match: (customer: string) => void }>) {
  const { w } = useSpeech()
  const [customer, setCustomer] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    match(customer.trim())
  }
  return (
    <form className="row" onSubmit={send}>
      <label className="field">
        <span>{w.exits.whose}</span>
        <input value={customer} onChange={({ target }) => setCustomer(target.value)} required />
      </label>
      <button type="submit" className="btn">
        {w.exits.match}
      </button>
    </form>
  )
}
