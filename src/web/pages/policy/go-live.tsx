import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { ContactPolicyPage, PolicyTrial } from '../../../contract/decide.ts'
import { type ContactPolicy, policyProblem } from '../../../core/contact/contact-policy.ts'
import { api } from '../../api.ts'
import type { DraftRules } from '../../draft-rules.ts'
import { Differences } from '../../parts/differences.tsx'
import { MakeLive } from '../../parts/make-live.tsx'
import { Refusal } from '../../parts/states.tsx'
import { differencesOf } from '../../policy-told.ts'
import { useSpeech } from '../../words.ts'
import { Trial } from './trial.tsx'

type Props = Readonly<{ page: ContactPolicyPage; draft: DraftRules<ContactPolicy>; days: number }>

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
  const client = useQueryClient()
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
      <MakeLive
        name="policy"
        live={page.version}
        draft={draft}
        waits={current === undefined ? w.policy.tryFirst : undefined}
        save={api.saveContactPolicy}
        onSaved={async (version) => {
          onSaved(version)
          await client.invalidateQueries({ queryKey: ['policy-trial'] })
          await client.invalidateQueries({ queryKey: ['may-contact'] })
        }}
      />
    </>
  )
}
