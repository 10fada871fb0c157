import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useLocation } from 'wouter'
import { api } from '../../api.ts'
import { LanguageChoice } from '../../parts/language-choice.tsx'
import { Brand } from '../../parts/marks.tsx'
import { PageHead } from '../../parts/page.tsx'
import { Loaded, Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

/** Behind an invitation or a reset: the secret is what follows the #, and no server sees it before it is used. */
export function Join() {
  const { w } = useSpeech()
  const [token] = useState(() => window.location.hash.slice(1))
  const invited = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => api.invitation(token),
    retry: false,
    refetchOnWindowFocus: false,
  })
  return (
    <main className="bare" id="main">
      <Brand />
      {invited.isError ? (
        <>
          <PageHead title={w.join.title} />
          <Refusal error={invited.error} title={w.join.over} />
        </>
      ) : (
        <Loaded query={invited}>{({ name, email }) => <Choose token={token} name={name} email={email} />}</Loaded>
      )}
      <LanguageChoice />
    </main>
  )
}

function Choose({ token, name, email }: Readonly<{ token: string; name: string; email: string }>) {
  const { w } = useSpeech()
  const id = useId()
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const [password, setPassword] = useState('')
  const join = useMutation({
    mutationFn: () => api.join(token, password),
    onSuccess: async (session) => {
      client.setQueryData(['session'], session)
      navigate('/', { replace: true })
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'invitation' })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!join.isPending) join.mutate()
  }
  return (
    <form onSubmit={submit}>
      <PageHead title={w.join.title} />
      <p className="md soft">{w.join.text(name, email)}</p>
      <input type="hidden" autoComplete="username" value={email} readOnly />
      <div className="field">
        <label htmlFor={`${id}-password`}>{w.join.password}</label>
        <input
          id={`${id}-password`}
          type="password"
          autoComplete="new-password"
          required
          aria-describedby={`${id}-hint`}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </div>
      <p className="xs quiet" id={`${id}-hint`}>
        {w.signIn.passwordHint}
      </p>
      {join.isError ? <Refusal error={join.error} /> : null}
      <button type="submit" className="btn primary large">
        {w.join.button}
      </button>
    </form>
  )
}
