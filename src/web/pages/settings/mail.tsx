import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { BouncedAddresses, MailSettings } from '../../../contract/outbox.ts'
import { api } from '../../api.ts'
import { at } from '../../dates.ts'
import { Loaded, Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { Wording } from './wording.tsx'

/** How mail leaves: sender, where answers go, a test, the wording, and addresses that came back. */
export function Mail({ mayEdit }: Readonly<{ mayEdit: boolean }>) {
  const { w } = useSpeech()
  const settings = useQuery({ queryKey: ['mail'], queryFn: api.mailSettings, refetchOnWindowFocus: false })
  const bounces = useQuery({ queryKey: ['mail', 'bounces'], queryFn: api.bounces })
  return (
    <section aria-labelledby="mail-title">
      <h2 id="mail-title">{w.mail.title}</h2>
      <Loaded query={settings}>
        {(saved) => (
          <div className="stack">
            <p>{saved.from === null ? w.outbox.off : w.mail.from(saved.from)}</p>
            {mayEdit ? <Settings saved={saved} /> : null}
            {mayEdit && saved.from !== null ? <Test /> : null}
          </div>
        )}
      </Loaded>
      <Wording mayEdit={mayEdit} />
      <h3>{w.mail.bounces}</h3>
      <Loaded query={bounces}>
        {(list) => (list.length === 0 ? <p>{w.mail.noBounces}</p> : <Bounces list={list} mayEdit={mayEdit} />)}
      </Loaded>
    </section>
  )
}

const namings = ['role', 'first-name'] as const

/** Where answers go, and how customers are told who looks after their case; saved together. */
function Settings({ saved }: Readonly<{ saved: MailSettings }>) {
  const { w } = useSpeech()
  const id = useId()
  const client = useQueryClient()
  const [typed, setTyped] = useState(saved.replyTo ?? '')
  const [owner, setOwner] = useState(saved.owner ?? 'role')
  const save = useMutation({
    mutationFn: () => api.saveMailSettings({ replyTo: typed.trim() === '' ? null : typed.trim(), owner }),
    onSuccess: (now) => client.setQueryData(['mail'], now),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  const isSaved = typed.trim() === (saved.replyTo ?? '') && owner === (saved.owner ?? 'role')
  return (
    <form className="form" onSubmit={submit}>
      <div className="field">
        <label htmlFor={id}>{w.mail.replyTo}</label>
        <input
          id={id}
          type="email"
          maxLength={200}
          aria-describedby={`${id}-hint`}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <span className="hint" id={`${id}-hint`}>
          {w.mail.replyToHint}
        </span>
      </div>
      <fieldset className="checks" aria-describedby={`${id}-owner`}>
        <legend>{w.mail.owner}</legend>
        {namings.map((one) => (
          <label key={one}>
            <input type="radio" name={`${id}-owner`} checked={owner === one} onChange={() => setOwner(one)} />
            {w.mail.owners[one]}
          </label>
        ))}
        <span className="quiet xs" id={`${id}-owner`}>
          {w.mail.ownerHint}
        </span>
      </fieldset>
      {save.isError ? <Refusal error={save.error} /> : null}
      <div className="row">
        <button type="submit" className="btn">
          {w.mail.save}
        </button>
        <span role="status">{save.isSuccess && isSaved ? w.mail.saved : ''}</span>
      </div>
    </form>
  )
}

function Test() {
  const { w, language } = useSpeech()
  const id = useId()
  const [to, setTo] = useState('')
  const test = useMutation({ mutationFn: () => api.testMail(to.trim(), language) })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!test.isPending) test.mutate()
  }
  return (
    <form className="form" onSubmit={submit}>
      <div className="field">
        <label htmlFor={id}>{w.mail.testTo}</label>
        <input
          id={id}
          type="email"
          required
          value={to}
          maxLength={200}
          onChange={({ target }) => setTo(target.value)}
        />
      </div>
      {test.isError ? <Refusal error={test.error} /> : null}
      <div className="row">
        <button type="submit" className="btn">
          {w.mail.test}
        </button>
        <span role="status">
          {test.isPending ? w.state.waiting : null}
          {test.data === undefined || test.isPending ? null : w.mail.outcomes[test.data.outcome]}
        </span>
      </div>
      {test.data?.problem == null || test.isPending ? null : <p className="mono">{test.data.problem}</p>}
    </form>
  )
}

function Bounces({ list, mayEdit }: Readonly<{ list: BouncedAddresses; mayEdit: boolean }>) {
  const speech = useSpeech()
  const { w } = speech
  const client = useQueryClient()
  const clear = useMutation({
    mutationFn: api.clearBounce,
    onSettled: () => client.invalidateQueries({ queryKey: ['mail', 'bounces'] }),
  })
  return (
    <ul className="lines">
      {list.map(({ customer, address, reason, bouncedAt }) => (
        <li key={`${customer} ${address}`}>
          <span className="strong">{address}</span>
          <span className="soft">{speech.dayTime(at(bouncedAt))}</span>
          <span className="mono">{reason}</span>
          {mayEdit ? (
            <button
              type="button"
              className="btn"
              aria-label={w.mail.letInOf(address)}
              onClick={() => clear.mutate(address)}
            >
              {w.mail.letIn}
            </button>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
