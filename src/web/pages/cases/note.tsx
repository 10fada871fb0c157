import { type FormEvent, useState } from 'react'
import { Link } from 'wouter'
import type { CasePage } from '../../../contract/cases.ts'
import { useMay } from '../../may.ts'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { useWork } from './use-work.ts'

/** A note for colleagues; the text stays until it is kept. */
export function Note({ page }: Readonly<{ page: CasePage }>) {
  const { w } = useSpeech()
  const may = useMay()
  const work = useWork()
  const [text, setText] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    work.mutate(
      { id: page.id, revision: page.revision, command: { kind: 'note', text } },
      { onSuccess: () => setText('') },
    )
  }
  return (
    <form className="stack-form" onSubmit={send}>
      {work.isError ? <Refusal error={work.error} /> : null}
      <label className="field">
        <span>{w.cases.note}</span>
        <textarea rows={3} value={text} onChange={({ target }) => setText(target.value)} required />
      </label>
      <div className="row">
        <button type="submit" className="btn">
          {w.cases.addNote}
        </button>
        {may('customers.hear') ? (
          <Link className="btn" href={addressOf(page)}>
            {w.noting.fromCase}
          </Link>
        ) : null}
      </div>
    </form>
  )
}

/** Where something is written down about the customer beside the case: how colleagues were treated, at first. */
const addressOf = ({ customer, failure }: CasePage): string =>
  `/customers/${encodeURIComponent(customer)}?${new URLSearchParams({ add: 'conduct', about: failure })}`
