import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { Staff } from '../../../contract/people.ts'
import { api } from '../../api.ts'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

/** The teams, by whose cases agents see; with a form to add one. */
export function Teams({ teams, changes }: Readonly<{ teams: Staff['teams']; changes: boolean }>) {
  const { w, count } = useSpeech()
  const id = useId()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const again = () => client.invalidateQueries({ queryKey: ['people'] })
  const add = useMutation({
    mutationFn: () => api.addTeam(name.trim()),
    onSuccess: async () => {
      setName('')
      await again()
    },
  })
  const remove = useMutation({ mutationFn: api.removeTeam, onSettled: again })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!add.isPending) add.mutate()
  }
  const error = add.error ?? remove.error
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{w.people.teams}</h2>
      <p className="soft">{teams.length === 0 ? w.people.noTeams : w.people.teamsText}</p>
      {teams.length === 0 ? null : (
        <ul className="plain">
          {teams.map((team) => (
            <li key={team.id}>
              {team.name} <span className="quiet">{count(team.people)}</span>{' '}
              {changes ? (
                <button
                  type="button"
                  className="btn"
                  aria-label={w.people.removeTeamOf(team.name)}
                  onClick={() => remove.mutate(team.id)}
                >
                  {w.people.removeTeam}
                </button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {changes ? (
        <form onSubmit={submit} className="form">
          <div className="field">
            <label htmlFor={`${id}-name`}>{w.people.teamName}</label>
            <input
              id={`${id}-name`}
              required
              maxLength={100}
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          </div>
          <button type="submit" className="btn">
            {w.people.addTeam}
          </button>
        </form>
      ) : null}
      {error === null ? null : <Refusal error={error} />}
    </section>
  )
}
