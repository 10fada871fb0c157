import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { ContactPolicyPage, PolicyTrial } from '../../../contract/decide.ts'
import { type ContactPolicy, policyProblem } from '../../../core/contact-policy.ts'
import { api, Refused } from '../../api.ts'
import { Refusal } from '../../parts/states.tsx'
import { differencesOf } from '../../policy-told.ts'
import { useSpeech } from '../../words.ts'
import { Differences } from './differences.tsx'
import type { DraftRules } from './draft.ts'
import { Trial } from './trial.tsx'

const NOTE_LENGTH_MAX = 500

type Props = Readonly<{ page: ContactPolicyPage; draft: DraftRules; days: number }>

/** What would change, what it would have done to what was sent, and only then the way to make it live. */
export function GoLive({ page, draft, days }: Props) {
  const { w } = useSpeech()
  const [saved, setSaved] = useState<number>()
  return (
    <section aria-labelledby="change-title" className="band" id="change">
      <h2 id="change-title">{w.policy.change}</h2>
      {draft.changed ? (
        <Changes page={page} draft={draft} days={days} onSaved={setSaved} />
      ) : (
        <p role="status">
          {saved === undefined ? w.policy.changeNone : `${w.policy.isLive(saved)} ${w.policy.goBack}`}
        </p>
      )}
    </section>
  )
}

type ChangesProps = Props & Readonly<{ onSaved: (version: number) => void }>

function Changes({ page, draft, days, onSaved }: ChangesProps) {
  const speech = useSpeech()
  const { w } = speech
  const id = useId()
  // The rules that were tried stand beside the result: when the form moves on, the result is no longer of it.
  const [tried, setTried] = useState<Readonly<{ policy: ContactPolicy; trial: PolicyTrial }>>()
  const attempt = useMutation({
    mutationFn: (policy: ContactPolicy) => api.tryContactPolicy(policy, days),
    onSuccess: (trial, policy) => setTried({ policy, trial }),
  })
  const differences = differencesOf(page.policy, draft.policy, speech)
  const isWrong = policyProblem(draft.policy) !== null
  const current = tried?.policy === draft.policy ? tried.trial : undefined
  return (
    <>
      <h3>{w.policy.changes}</h3>
      {differences.length === 0 ? <p>{w.policy.noChange}</p> : <Differences of={differences} now={w.policy.is} />}
      <div className="row">
        <button
          type="button"
          className={current === undefined ? 'btn primary' : 'btn'}
          aria-disabled={isWrong || attempt.isPending}
          aria-describedby={isWrong ? `${id}-wrong` : undefined}
          onClick={() => (isWrong || attempt.isPending ? undefined : attempt.mutate(draft.policy))}
        >
          {w.policy.tryButton}
        </button>
        <button type="button" className="btn" onClick={draft.discard}>
          {w.policy.discard}
        </button>
        {isWrong ? (
          <span className="harm" id={`${id}-wrong`}>
            {w.policy.wrong}
          </span>
        ) : null}
      </div>
      <div aria-live="polite">
        {attempt.isPending ? <p className="soft">{w.policy.trying}</p> : null}
        {attempt.isError ? <Refusal error={attempt.error} /> : null}
        {current === undefined ? null : <Trial trial={current} days={days} />}
      </div>
      <MakeLive page={page} draft={draft} wasTried={current !== undefined} onSaved={onSaved} />
    </>
  )
}

type MakeLiveProps = Omit<ChangesProps, 'days'> & Readonly<{ wasTried: boolean }>

function MakeLive({ page, draft, wasTried, onSaved }: MakeLiveProps) {
  const { w } = useSpeech()
  const id = useId()
  const client = useQueryClient()
  const [note, setNote] = useState(draft.note)
  const save = useMutation({
    mutationFn: () => api.saveContactPolicy(draft.policy, note.trim(), draft.from),
    onSuccess: async (now) => {
      client.setQueryData(['policy'], now)
      draft.discard()
      onSaved(now.version)
      await client.invalidateQueries({ queryKey: ['policy-trial'] })
      await client.invalidateQueries({ queryKey: ['may-contact'] })
    },
    // Somebody else was quicker: what is live now is read, and the changes stay.
    onError: () => client.invalidateQueries({ queryKey: ['policy'], exact: true }),
  })
  const outrun = draft.from !== page.version
  const refused = outrun
    ? w.policy.outrun
    : wasTried
      ? note.trim() === ''
        ? w.policy.noteFirst
        : undefined
      : w.policy.tryFirst
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
