import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { listeningApi } from '../../api-listening.ts'
import { CustomerField } from '../../parts/customer-field.tsx'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

const TEXT_LENGTH_MAX = 2_000

/** Somebody of the firm writes down what a customer proposed. */
export function NoteIdea() {
  const { w } = useSpeech()
  const i = w.input
  const id = useId()
  const client = useQueryClient()
  const [customer, setCustomer] = useState('')
  const [text, setText] = useState('')
  const note = useMutation({
    mutationFn: listeningApi.noteIdea,
    onSuccess: async () => {
      setCustomer('')
      setText('')
      await Promise.all([
        client.invalidateQueries({ queryKey: ['input'] }),
        client.invalidateQueries({ queryKey: ['ideas'] }),
      ])
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!note.isPending) note.mutate({ customer: customer.trim(), text: text.trim() })
  }
  return (
    <details className="note-idea">
      <summary>{i.note}</summary>
      <p className="soft measure">{i.noteText}</p>
      <form className="form idea-form" onSubmit={submit}>
        <CustomerField label={i.customer} hint={w.policy.customerHint} value={customer} onChange={setCustomer} />
        <div className="field">
          <label htmlFor={`${id}-text`}>{i.idea}</label>
          <textarea
            id={`${id}-text`}
            required
            rows={3}
            maxLength={TEXT_LENGTH_MAX}
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </div>
        <div className="row">
          <button type="submit" className="btn" aria-disabled={note.isPending}>
            {i.noteButton}
          </button>
          {note.isSuccess ? <span role="status">{i.noted}</span> : null}
        </div>
        {note.isError ? <Refusal error={note.error} /> : null}
      </form>
    </details>
  )
}
