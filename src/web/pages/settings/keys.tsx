import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useId, useState } from 'react'
import type { ApiKey } from '../../../contract/show.ts'
import { type Scope, scopes } from '../../../core/people/scopes.ts'
import { api } from '../../api.ts'
import { at } from '../../dates.ts'
import { CopyText } from '../../parts/copy-text.tsx'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { Loaded, Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

const UNDO_MS = 10_000

/** API keys: make one (shown once), see when it was used, revoke it with ten seconds to change one's mind. */
export function Keys({ changes }: Readonly<{ changes: boolean }>) {
  const { w } = useSpeech()
  const keys = useQuery({ queryKey: ['keys'], queryFn: api.keys })
  return (
    <section aria-labelledby="keys-title">
      <h2 id="keys-title">{w.settings.keys}</h2>
      <p className="soft">{w.settings.keysText}</p>
      <Loaded query={keys}>
        {(list) =>
          list.length === 0 ? <p className="md">{w.settings.noKeys}</p> : <KeyTable list={list} changes={changes} />
        }
      </Loaded>
      {changes ? <NewKeyForm /> : null}
    </section>
  )
}

function KeyTable({ list, changes }: Readonly<{ list: readonly ApiKey[]; changes: boolean }>) {
  const { w } = useSpeech()
  return (
    <Scroll label={`${w.settings.keys}, ${w.table}`}>
      <table>
        <Heads
          heads={[
            w.settings.keyName,
            w.settings.prefix,
            w.settings.keyScopes,
            w.settings.created,
            w.settings.lastUsed,
            { name: w.settings.revoke, heard: true },
          ]}
        />
        <tbody>
          {list.map((key) => (
            <KeyRow key={key.prefix} of={key} changes={changes} />
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function KeyRow({ of, changes }: Readonly<{ of: ApiKey; changes: boolean }>) {
  const speech = useSpeech()
  const { w } = speech
  const client = useQueryClient()
  const [going, setGoing] = useState(false)
  const revoke = useMutation({
    mutationFn: () => api.revokeKey(of.prefix),
    onSettled: () => client.invalidateQueries({ queryKey: ['keys'] }),
  })
  const { mutate } = revoke
  useEffect(() => {
    if (!going) return
    const timer = setTimeout(mutate, UNDO_MS)
    return () => clearTimeout(timer)
  }, [going, mutate])
  const known: Readonly<Record<string, string>> = w.settings.scopes
  return (
    <tr>
      <th scope="row">{of.name}</th>
      <td className="mono">{of.prefix}</td>
      <td className="soft key-may">{of.scopes.map((scope) => known[scope] ?? scope).join(', ')}</td>
      <td className="nowrap soft">{speech.day(at(of.createdAt))}</td>
      <td className="nowrap soft">{of.lastUsedAt === null ? w.settings.never : speech.dayTime(at(of.lastUsedAt))}</td>
      <td className="num">
        {changes ? (
          going ? (
            <span role="status">
              <span className="harm">{w.settings.revoking(of.name)}</span>{' '}
              <button type="button" className="btn" onClick={() => setGoing(false)}>
                {w.undo}
              </button>
            </span>
          ) : (
            <button
              type="button"
              className="btn"
              aria-label={w.settings.revokeOf(of.name)}
              onClick={() => setGoing(true)}
            >
              {w.settings.revoke}
            </button>
          )
        ) : null}
        {revoke.isError ? <Refusal error={revoke.error} /> : null}
      </td>
    </tr>
  )
}

function NewKeyForm() {
  const { w } = useSpeech()
  const id = useId()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [may, setMay] = useState<readonly Scope[]>(['ingest'])
  const create = useMutation({
    mutationFn: () => api.createKey(name.trim(), may),
    onSuccess: async () => {
      setName('')
      await client.invalidateQueries({ queryKey: ['keys'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!create.isPending) create.mutate()
  }
  const toggle = (scope: Scope, on: boolean) =>
    setMay(scopes.filter((known) => (known === scope ? on : may.includes(known))))
  return (
    <form onSubmit={submit} className="form new-key">
      <div className="field">
        <label htmlFor={`${id}-name`}>{w.settings.keyName}</label>
        <input
          id={`${id}-name`}
          required
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <fieldset className="checks">
        <legend>{w.settings.keyScopes}</legend>
        {scopes.map((scope) => (
          <label key={scope}>
            <input
              type="checkbox"
              checked={may.includes(scope)}
              onChange={(event) => toggle(scope, event.target.checked)}
            />
            {w.settings.scopes[scope]}
          </label>
        ))}
      </fieldset>
      <button type="submit" className="btn">
        {w.settings.createKey}
      </button>
      {create.isError ? <Refusal error={create.error} /> : null}
      {create.data === undefined ? null : (
        <div role="status">
          <p className="strong">{w.settings.newKey}</p>
          <CopyText text={create.data.key} label={create.data.name} />
        </div>
      )}
    </form>
  )
}
