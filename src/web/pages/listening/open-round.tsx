import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import {
  type InputKind,
  inputGroups,
  inputKinds,
  QUOTA_MAX,
  quotaAtFirst,
  quotaProblem,
} from '../../../core/listening/input-round.ts'
import { listeningApi } from '../../api-listening.ts'
import { Choice, NumberInput } from '../../parts/rule-inputs.tsx'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

const TITLE_LENGTH_MAX = 120
const ABOUT_LENGTH_MAX = 2_000
const SEGMENT_LENGTH_MAX = 200

/** Opens a round: what for, what is asked, and how many from each group. */
export function OpenRound({ canInvite }: Readonly<{ canInvite: boolean }>) {
  const { w } = useSpeech()
  const i = w.input
  const client = useQueryClient()
  const [isOpening, setOpening] = useState(false)
  const open = useMutation({
    mutationFn: listeningApi.openRound,
    onSuccess: async () => {
      setOpening(false)
      await client.invalidateQueries({ queryKey: ['input'] })
    },
  })
  if (!isOpening)
    return (
      <div className="row">
        <button
          type="button"
          className="btn"
          aria-disabled={!canInvite}
          aria-describedby={canInvite ? undefined : 'cannot-invite'}
          onClick={() => (canInvite ? setOpening(true) : undefined)}
        >
          {i.open}
        </button>
        {canInvite ? null : (
          <span className="soft" id="cannot-invite">
            {i.cannot}
          </span>
        )}
        {open.isSuccess ? <span role="status">{i.invited}</span> : null}
      </div>
    )
  return (
    <>
      <Form isSending={open.isPending} send={open.mutate} close={() => setOpening(false)} />
      {open.isError ? <Refusal error={open.error} /> : null}
    </>
  )
}

type FormProps = Readonly<{
  isSending: boolean
  send: (wish: Parameters<typeof listeningApi.openRound>[0]) => void
  close: () => void
}>

function Form({ isSending, send, close }: FormProps) {
  const { w } = useSpeech()
  const i = w.input
  const id = useId()
  const [kind, setKind] = useState<InputKind>('panel')
  const [quota, setQuota] = useState(quotaAtFirst)
  const problem = quotaProblem(quota)
  const problems: Readonly<Record<string, string>> = i.problems
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (problem !== null || isSending) return
    const typed = new FormData(event.currentTarget)
    const text = (name: string) => `${typed.get(name) ?? ''}`.trim()
    const segment = text('segment')
    send({ kind, title: text('title'), about: text('about'), quota, ...(segment === '' ? {} : { segment }) })
  }
  return (
    <form className="composer incident-form" onSubmit={submit} aria-label={i.open}>
      <div className="field">
        <span aria-hidden="true">{i.kind}</span>
        <Choice label={i.kind} value={kind} all={inputKinds} names={i.kinds} onChange={setKind} />
      </div>
      <div className="field">
        <label htmlFor={`${id}-title`}>{i.title}</label>
        <input
          id={`${id}-title`}
          name="title"
          required
          maxLength={TITLE_LENGTH_MAX}
          aria-describedby={`${id}-title-hint`}
        />
        <span className="hint" id={`${id}-title-hint`}>
          {i.titleHint}
        </span>
      </div>
      <div className="field">
        <label htmlFor={`${id}-about`}>{i.about}</label>
        <textarea id={`${id}-about`} name="about" required rows={4} maxLength={ABOUT_LENGTH_MAX} />
      </div>
      <div className="field">
        <label htmlFor={`${id}-segment`}>{i.segment}</label>
        <input
          id={`${id}-segment`}
          name="segment"
          maxLength={SEGMENT_LENGTH_MAX}
          aria-describedby={`${id}-segment-hint`}
        />
        <span className="hint" id={`${id}-segment-hint`}>
          {i.segmentHint}
        </span>
      </div>
      <fieldset>
        <legend>{i.quota}</legend>
        <ul className="quota">
          {inputGroups.map((group) => (
            <li key={group}>
              <NumberInput
                label={`${i.quota}: ${i.groups[group]}`}
                value={quota[group]}
                min={0}
                max={QUOTA_MAX}
                onChange={(value) => setQuota({ ...quota, [group]: value })}
              />{' '}
              {i.groups[group]} <span className="quiet xs">{i.groupTexts[group]}</span>
            </li>
          ))}
        </ul>
        <p className={problem === null ? 'quiet xs' : 'harm'} role={problem === null ? undefined : 'alert'}>
          {problem === null ? i.quotaHint : (problems[problem.pointer] ?? i.problems.other)}
        </p>
      </fieldset>
      <div className="row">
        <button type="submit" className="btn primary" aria-disabled={problem !== null || isSending}>
          {i.invite}
        </button>
        <button type="button" className="btn" onClick={close}>
          {i.close}
        </button>
      </div>
    </form>
  )
}
