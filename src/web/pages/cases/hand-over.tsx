import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { CaseCommandWish } from '../../../contract/case-wishes.ts'
import type { CasePage } from '../../../contract/cases.ts'
import { roleMay } from '../../../core/people/permissions.ts'
import { api } from '../../api.ts'
import { Loaded, Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { useWork } from './use-work.ts'

const seniors: readonly string[] = ['lead', 'admin']

/** Hands a case to a colleague, a senior person or a team, with what they should know. */
export function HandOver({ page, done }: Readonly<{ page: CasePage; done: () => void }>) {
  const people = useQuery({ queryKey: ['people'], queryFn: api.people })
  return <Loaded query={people}>{(staff) => <Form page={page} staff={staff} done={done} />}</Loaded>
}

type FormProps = Readonly<{ page: CasePage; staff: Awaited<ReturnType<typeof api.people>>; done: () => void }>

function Form({ page, staff, done }: FormProps) {
  const { w } = useSpeech()
  const id = useId()
  const client = useQueryClient()
  const work = useWork()
  const [to, setTo] = useState('')
  const [note, setNote] = useState('')
  const give = useMutation({
    mutationFn: async () => {
      // The hand-over first: a note about one that was refused would tell of something that did not happen.
      const given = { id: page.id, revision: page.revision, command: commandOf(to), whom: whomOf(staff, to) }
      const answer = await work.mutateAsync(given)
      // Not by the same way: what was written is not taken back, and would take the offer to undo away.
      if (note.trim() !== '' && 'revision' in answer)
        await api.workOnCase(page.id, { kind: 'note', text: note.trim() }, answer.revision)
    },
    onSuccess: done,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['case', page.id] }),
        client.invalidateQueries({ queryKey: ['cases'] }),
      ]),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!give.isPending) give.mutate()
  }
  const isSeniorOnly = page.failedRounds > 0
  const fit = staff.people.filter(
    ({ state, role }) => state === 'active' && roleMay(role, 'cases.work') && (!isSeniorOnly || seniors.includes(role)),
  )
  return (
    <form className="composer" onSubmit={submit}>
      <label className="field">
        <span>{w.desk.to}</span>
        {/* biome-ignore lint/a11y/noAutofocus: the key that opens this form is meant to lead into it. */}
        <select className="plain-select" autoFocus required value={to} onChange={({ target }) => setTo(target.value)}>
          <option value="" />
          <optgroup label={w.desk.people}>
            {fit.map((one) => (
              <option key={one.id} value={`person ${one.id}`}>
                {seniors.includes(one.role) ? w.desk.senior(one.name) : one.name}
              </option>
            ))}
          </optgroup>
          {staff.teams.length === 0 ? null : (
            <optgroup label={w.desk.teams}>
              {staff.teams.map((one) => (
                <option key={one.id} value={`team ${one.id}`}>
                  {one.name}
                </option>
              ))}
            </optgroup>
          )}
        </select>
      </label>
      {isSeniorOnly ? <p className="soft">{w.desk.seniorOnly}</p> : null}
      <label className="field" htmlFor={id}>
        <span>{w.desk.words}</span>
        <textarea id={id} rows={2} value={note} onChange={({ target }) => setNote(target.value)} />
      </label>
      {give.isError ? <Refusal error={give.error} /> : null}
      <div className="row">
        <button type="submit" className="btn primary" aria-disabled={give.isPending}>
          {w.desk.give}
        </button>
        <button type="button" className="btn" onClick={done}>
          {w.cancel}
        </button>
      </div>
    </form>
  )
}

function commandOf(to: string): CaseCommandWish {
  const [kind, id = ''] = to.split(' ')
  return kind === 'team' ? { kind: 'hand over', team: id } : { kind: 'assign', to: id }
}

/** The name of the colleague or the team that is chosen. */
function whomOf({ people, teams }: FormProps['staff'], to: string): string {
  const [, id = ''] = to.split(' ')
  return [...people, ...teams].find((one) => one.id === id)?.name ?? ''
}
