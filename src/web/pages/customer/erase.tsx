import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../../api.ts'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

type Props = Readonly<{ customer: string; title: string; close: () => void }>

/** Erasing cannot be undone, so here, and only here, the key is typed before it happens. */
export function Erase({ customer, title, close }: Props) {
  const { w } = useSpeech()
  const id = useId()
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const [typed, setTyped] = useState('')
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const erase = useMutation({
    mutationFn: () => api.erase(customer),
    onSuccess: async () => {
      dialog.current?.close()
      await client.invalidateQueries()
      navigate('/customers')
    },
  })
  const ready = typed.trim() === customer
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready && !erase.isPending) erase.mutate()
  }
  return (
    <dialog className="dialog" ref={dialog} onClose={close} aria-labelledby={`${id}-title`}>
      <form onSubmit={submit}>
        <h2 id={`${id}-title`}>{w.customer.eraseTitle(title)}</h2>
        <p className="md">{w.customer.eraseText}</p>
        <div className="field row-gap">
          <label htmlFor={`${id}-key`}>{w.customer.eraseType(customer)}</label>
          <input id={`${id}-key`} value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
        </div>
        {erase.isError ? <Refusal error={erase.error} /> : null}
        <div className="row">
          <button type="submit" className={ready ? 'btn harmful' : 'btn'} aria-disabled={!ready}>
            {w.customer.eraseButton}
          </button>
          <button type="button" className="btn" onClick={() => dialog.current?.close()}>
            {w.cancel}
          </button>
        </div>
      </form>
    </dialog>
  )
}
