import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useRef, useState } from 'react'
import type { CaseApproval, CasePage } from '../../../contract/cases.ts'
import { api } from '../../api.ts'
import { at } from '../../dates.ts'
import { useKeys } from '../../keyboard.ts'
import { useMay } from '../../may.ts'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { WorthTable } from './worth-table.tsx'

const REASON_LENGTH_MAX = 200

type Props = Readonly<{ page: CasePage; me: string }>

/** What a second person was asked about in this case: what waits, with all that it is weighed by, and what was answered. */
export function Approvals({ page, me }: Props) {
  const { w } = useSpeech()
  const waiting = page.approvals.find(({ state }) => state === 'asked')
  const past = page.approvals.filter(({ state }) => state !== 'asked')
  if (page.approvals.length === 0) return null
  return (
    <>
      {waiting === undefined ? null : <Waiting key={waiting.id} of={waiting} page={page} me={me} />}
      {past.length === 0 ? null : (
        <section aria-labelledby="answers-title">
          <h2 id="answers-title">{w.approvals.past}</h2>
          <ul className="legal">
            {past.map((one) => (
              <Past key={one.id} of={one} page={page} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

const useNames = () => {
  const { w } = useSpeech()
  return (person: Readonly<{ name: string | null }> | null) => person?.name ?? w.approvals.somebody
}

function Past({ of, page }: Readonly<{ of: CaseApproval; page: CasePage }>) {
  const speech = useSpeech()
  const { w } = speech
  const name = useNames()
  const amount = speech.money(of.remedy.valueMinor, page.currency ?? page.firmCurrency)
  return (
    <li>
      <span className="anywhere">{w.approvals.states[of.state](amount, name(of.askedBy))}</span>
      <span className="soft">{of.answeredAt === null ? '' : speech.dayTime(at(of.answeredAt))}</span>
      <span className="quiet xs anywhere">
        {of.answeredBy === null ? '' : w.approvals.by(name(of.answeredBy))}
        {of.answer === null ? '' : `: ${of.answer}`}
      </span>
    </li>
  )
}

function Waiting({ of, page, me }: Readonly<{ of: CaseApproval; page: CasePage; me: string }>) {
  const speech = useSpeech()
  const { w } = speech
  const may = useMay()
  const name = useNames()
  const amount = speech.money(of.remedy.valueMinor, page.currency ?? page.firmCurrency)
  return (
    <section className="composer" aria-labelledby="approval-title">
      <h2 id="approval-title">{w.approvals.asks(name(of.askedBy), amount)}</h2>
      <p className="anywhere">
        {w.approvals.what(of.remedy.what)}. {of.reason === null ? w.approvals.noWhy : w.approvals.why(of.reason)}{' '}
        <span className="quiet xs nowrap">{w.approvals.since(speech.dayTime(at(of.askedAt)))}</span>
      </p>
      <Passed of={of} page={page} />
      {of.weighed?.arithmetic == null ? null : (
        <WorthTable of={of.weighed.arithmetic} currency={page.firmCurrency} words={w.approvals.worth(amount)} />
      )}
      {of.askedBy.id === me ? (
        <p className="soft">{w.approvals.waitsFor}</p>
      ) : may('remedies.approve') ? (
        <Answer of={of} page={page} amount={amount} />
      ) : (
        <p className="soft">{w.approvals.title}.</p>
      )}
    </section>
  )
}

function Passed({ of, page }: Readonly<{ of: CaseApproval; page: CasePage }>) {
  const speech = useSpeech()
  const { w } = speech
  if (of.weighed === null) return null
  const { limits, spent, teamMonthMinor } = of.weighed.authority
  const money = (minor: number) => speech.money(minor, page.firmCurrency)
  const parts = {
    case: [spent.caseMinor, limits?.caseMinor ?? 0],
    day: [spent.dayMinor, limits?.dayMinor ?? 0],
    month: [spent.monthMinor, limits?.monthMinor ?? 0],
    team: [spent.teamMonthMinor, teamMonthMinor ?? Number.POSITIVE_INFINITY],
  } as const
  const passed = (['case', 'day', 'month', 'team'] as const).filter(
    (limit) => parts[limit][0] + of.remedy.valueMinor > parts[limit][1],
  )
  return (
    <div>
      <h3>{w.approvals.passes}</h3>
      {passed.length === 0 ? <p>{w.approvals.noLongerPassed}</p> : null}
      <ul className="plain-list">
        {passed.map((limit) => (
          <li key={limit}>{w.approvals.passed[limit](money(parts[limit][0]), money(parts[limit][1]))}</li>
        ))}
      </ul>
    </div>
  )
}

/** Yes with one key, no with a reason. What is typed stays when somebody else was faster. */
function Answer({ of, page, amount }: Readonly<{ of: CaseApproval; page: CasePage; amount: string }>) {
  const { w } = useSpeech()
  const id = useId()
  const client = useQueryClient()
  const field = useRef<HTMLInputElement>(null)
  const [reason, setReason] = useState('')
  const answer = useMutation({
    mutationFn: (agrees: boolean) =>
      api.answerApproval(page.id, of.id, reason.trim() === '' ? { agrees } : { agrees, reason }, page.revision),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['case', page.id] }),
        client.invalidateQueries({ queryKey: ['cases'] }),
        client.invalidateQueries({ queryKey: ['approvals'] }),
      ]),
  })
  const refusal = of.weighed?.refusal ?? null
  const say = (agrees: boolean) => {
    if (refusal === null && !answer.isPending) answer.mutate(agrees)
  }
  useKeys({ y: () => say(true), n: () => field.current?.focus() })
  const refuse = (event: FormEvent) => {
    event.preventDefault()
    say(false)
  }
  return (
    <form onSubmit={refuse}>
      {refusal === null ? null : (
        <p className="soft" id={`${id}-why`}>
          <span className="strong">{w.approvals.mayNot}</span> {refusal}
        </p>
      )}
      {answer.isError ? <Refusal error={answer.error} /> : null}
      <div className="row">
        <button
          type="button"
          className={refusal === null ? 'btn primary' : 'btn'}
          aria-disabled={refusal !== null || answer.isPending}
          aria-describedby={refusal === null ? undefined : `${id}-why`}
          onClick={() => say(true)}
        >
          {w.approvals.agree(amount)} <kbd>y</kbd>
        </button>
      </div>
      <label className="field">
        <span>{w.approvals.reason}</span>
        <input
          ref={field}
          maxLength={REASON_LENGTH_MAX}
          aria-describedby={`${id}-hint`}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
        <span className="hint" id={`${id}-hint`}>
          {w.approvals.reasonHint}
        </span>
      </label>
      <div className="row">
        <button type="submit" className="btn" aria-disabled={refusal !== null || answer.isPending}>
          {w.approvals.refuse} <kbd>n</kbd>
        </button>
      </div>
    </form>
  )
}
