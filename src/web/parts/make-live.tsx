import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { Refused } from '../api.ts'
import type { DraftRules } from '../draft-rules.ts'
import { useSpeech } from '../words.ts'
import { Refusal } from './states.tsx'

const NOTE_LENGTH_MAX = 500

type Props<Rules> = Readonly<{
  /** Under this name the rules are kept in memory. */
  name: string
  /** The version that is live now. */
  live: number
  draft: DraftRules<Rules>
  /** Why it cannot go live yet. */
  waits: string | undefined
  save: (policy: Rules, note: string, was: number) => Promise<Readonly<{ version: number }>>
  onSaved: (version: number) => Promise<void> | void
}>

/** Changed rules go live with a reason, unless somebody was quicker. */
export function MakeLive<Rules>({ name, live, draft, waits, save: put, onSaved }: Props<Rules>) {
  const { w } = useSpeech()
  const id = useId()
  const client = useQueryClient()
  const [note, setNote] = useState(draft.note)
  const save = useMutation({
    mutationFn: () => put(draft.policy, note.trim(), draft.from),
    onSuccess: async (now) => {
      client.setQueryData([name], now)
      draft.discard()
      await onSaved(now.version)
    },
    // Somebody else was quicker: what is live now is read, and the changes stay.
    onError: () => client.invalidateQueries({ queryKey: [name], exact: true }),
  })
  const outrun = draft.from !== live
  const refused = outrun ? w.policy.outrun : (waits ?? (note.trim() === '' ? w.policy.noteFirst : undefined))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (refused === undefined && !save.isPending) save.mutate()
  }
  const isOutrunRefusal = save.error instanceof Refused && save.error.problem.code === 'changed-meanwhile'
  return (
    <form onSubmit={submit} className="form make-live">
      <div className="field">
        <label htmlFor={`${id}-note`}>{w.policy.note}</label>
        <input
          id={`${id}-note`}
          maxLength={NOTE_LENGTH_MAX}
          aria-describedby={`${id}-hint`}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
        <span className="hint" id={`${id}-hint`}>
          {w.policy.noteHint}
        </span>
      </div>
      {save.isError && !isOutrunRefusal ? <Refusal error={save.error} /> : null}
      <div className="row">
        <button
          type="submit"
          className={refused === undefined ? 'btn primary' : 'btn'}
          aria-disabled={refused !== undefined || save.isPending}
          aria-describedby={refused === undefined ? undefined : `${id}-refused`}
        >
          {w.policy.makeLive}
        </button>
        {refused === undefined ? null : (
          <span className={outrun ? 'harm' : 'soft'} id={`${id}-refused`}>
            {refused}
          </span>
        )}
        {outrun ? (
          <button type="button" className="btn" onClick={draft.rebase}>
            {w.policy.rebase}
          </button>
        ) : null}
      </div>
    </form>
  )
}
