import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { api } from '../../api.ts'
import { LanguageChoice } from '../../parts/language-choice.tsx'
import { Brand } from '../../parts/marks.tsx'
import { PageHead } from '../../parts/page.tsx'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

const PASSWORD_MIN = 10

/** The first run: the first person here becomes the administrator. */
export function SetUp() {
  const { w } = useSpeech()
  const id = useId()
  const client = useQueryClient()
  const [person, setPerson] = useState({ name: '', email: '', password: '' })
  const setUp = useMutation({
    mutationFn: () => api.setUp({ ...person, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }),
    onSuccess: () => client.invalidateQueries(),
  })
  const short = PASSWORD_MIN - person.password.length
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!setUp.isPending) setUp.mutate()
  }
  const fields = [
    { name: 'name', type: 'text', label: w.signIn.name, complete: 'name' },
    { name: 'email', type: 'email', label: w.signIn.email, complete: 'username' },
    { name: 'password', type: 'password', label: w.signIn.password, complete: 'new-password' },
  ] as const
  return (
    <main className="bare" id="main">
      <Brand />
      <form onSubmit={submit}>
        <PageHead title={w.signIn.setUpTitle} />
        <p className="md soft">{w.signIn.setUpText}</p>
        {fields.map((field) => (
          <div className="field" key={field.name}>
            <label htmlFor={`${id}-${field.name}`}>{field.label}</label>
            <input
              id={`${id}-${field.name}`}
              type={field.type}
              autoComplete={field.complete}
              required
              minLength={field.name === 'password' ? PASSWORD_MIN : 1}
              aria-describedby={field.name === 'password' ? `${id}-hint` : undefined}
              value={person[field.name]}
              onChange={(event) => setPerson({ ...person, [field.name]: event.target.value })}
            />
          </div>
        ))}
        <p className="xs quiet" id={`${id}-hint`}>
          {person.password !== '' && short > 0 ? w.signIn.passwordShort(short) : w.signIn.passwordHint}
        </p>
        {setUp.isError ? <Refusal error={setUp.error} /> : null}
        <button type="submit" className="btn primary large">
          {w.signIn.setUpButton}
        </button>
      </form>
      <LanguageChoice />
    </main>
  )
}
