import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useSearchParams } from 'wouter'
import type { SurveyInvitationPreview, SurveyWish } from '../../../contract/surveys.ts'
import { type SurveyKind, surveyKinds } from '../../../core/listening/survey.ts'
import { listeningApi } from '../../api-listening.ts'
import { at } from '../../dates.ts'
import { CopyText } from '../../parts/copy-text.tsx'
import { CustomerField } from '../../parts/customer-field.tsx'
import { Letter } from '../../parts/letter.tsx'
import { Choice } from '../../parts/rule-inputs.tsx'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

/** One customer is asked by hand: first what would be sent and whether it may be, then it goes. */
export function AskOne() {
  const { w } = useSpeech()
  const a = w.asking
  const [params] = useSearchParams()
  const [customer, setCustomer] = useState(params.get('customer') ?? '')
  const [kind, setKind] = useState<SurveyKind>('csat')
  const look = useMutation({ mutationFn: listeningApi.previewInvitation })
  const wish: SurveyWish = { customer: customer.trim(), kind }
  // What was looked at stands only beside what it was asked about.
  const isCurrent = look.variables?.customer === wish.customer && look.variables.kind === kind
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!look.isPending) look.mutate(wish)
  }
  return (
    <section aria-labelledby="one-title" className="band">
      <h2 id="one-title">{a.oneTitle}</h2>
      <p className="soft measure">{a.oneText}</p>
      <form onSubmit={submit} className="ask">
        <CustomerField label={a.customer} hint={w.policy.customerHint} value={customer} onChange={setCustomer} />
        <div className="field">
          <span aria-hidden="true">{a.kind}</span>
          {/* How something was put right is asked where something was. */}
          <Choice
            label={a.kind}
            value={kind}
            all={surveyKinds.filter((one) => one !== 'recovery')}
            names={w.listening.kinds}
            onChange={setKind}
          />
        </div>
        <div className="ask-foot row">
          <button type="submit" className="btn" aria-disabled={look.isPending}>
            {a.lookButton}
          </button>
        </div>
      </form>
      <div aria-live="polite">
        {look.isError ? <Refusal error={look.error} /> : null}
        {look.data === undefined || !isCurrent ? null : <Looked key={look.submittedAt} of={look.data} wish={wish} />}
      </div>
    </section>
  )
}

function Looked({ of, wish }: Readonly<{ of: SurveyInvitationPreview; wish: SurveyWish }>) {
  const speech = useSpeech()
  const { w } = speech
  const a = w.asking
  const client = useQueryClient()
  const send = useMutation({
    mutationFn: () => listeningApi.inviteToSurvey(wish),
    onSuccess: () => client.invalidateQueries(),
  })
  if (send.data?.invited === true)
    return <Sent mailed={send.data.mailed} address={send.data.url ?? `${location.origin}${send.data.path ?? ''}`} />
  return (
    <>
      <div className={of.allowed ? 'answer' : 'answer refusal'}>
        <p>
          <b>{of.allowed ? a.yes : a.no}</b>{' '}
          {of.allowed || of.nextAllowedAt === null ? null : a.next(speech.dayTime(at(of.nextAllowedAt)))}
        </p>
        {of.spoke.length === 0 ? null : (
          <ul>
            {of.spoke.map(({ rule, reason }) => (
              <li key={rule}>{reason}</li>
            ))}
          </ul>
        )}
        {of.way === 'open' ? null : <p className="soft">{a.ways[of.way]}</p>}
        {of.allowed ? (
          <div className="row">
            <button
              type="button"
              className="btn primary"
              aria-disabled={send.isPending}
              onClick={() => (send.isPending ? undefined : send.mutate())}
            >
              {a.ask}
            </button>
          </div>
        ) : null}
        {send.isError ? <Refusal error={send.error} /> : null}
        {send.data?.invited === false ? <p className="harm">{a.no}</p> : null}
      </div>
      <p className="quiet xs">{of.to === null ? null : a.mailTo(of.to)}</p>
      <Letter of={of} />
      <p className="quiet xs">
        {w.tellings.previewLink}
        {of.way === 'no-public-url' ? ` ${w.tellings.previewNoHost}` : null}
      </p>
    </>
  )
}

function Sent({ mailed, address }: Readonly<{ mailed: boolean; address: string }>) {
  const { w } = useSpeech()
  const a = w.asking
  return (
    <div className="answer">
      <p role="status">
        <b>{mailed ? a.sent : a.sentNoMail}</b>
      </p>
      {mailed ? null : <CopyText label={a.link} text={address} />}
    </div>
  )
}
