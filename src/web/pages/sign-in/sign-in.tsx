import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { api } from '../../api.ts'
import { LanguageChoice } from '../../parts/language-choice.tsx'
import { Brand } from '../../parts/marks.tsx'
import { PageHead } from '../../parts/page.tsx'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

/** Sign-in with e-mail and password. */
export function SignIn() {
  const { w } = useSpeech()
  const id = useId()
  const client = useQueryClient()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useMutation({
    mutationFn: () => api.signIn({ email, password }),
    onSuccess: () => client.invalidateQueries(),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!signIn.isPending) signIn.mutate()
  }
  return (
    <main className="bare" id="main">
      <Brand />
      <form onSubmit={submit}>
        <PageHead title={w.signIn.title} />
        <div className="field">
          <label htmlFor={`${id}-email`}>{w.signIn.email}</label>
          <input
            id={`${id}-email`}
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-password`}>{w.signIn.password}</label>
          <input
            id={`${id}-password`}
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
        {signIn.isError ? <Refusal error={signIn.error} /> : null}
        <button type="submit" className="btn primary large">
          {w.signIn.button}
        </button>
      </form>
      <LanguageChoice />
    </main>
  )
}
