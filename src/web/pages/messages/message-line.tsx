import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { Message } from '../../../contract/outbox.ts'
import { type MessageState, mayBeCancelled, mayBeSentAgain } from '../../../core/contact/outbox.ts'
import { api } from '../../api.ts'
import { at } from '../../dates.ts'
import { Letter } from '../../parts/letter.tsx'
import { OpeningLine } from '../../parts/opening-line.tsx'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

const troubled: readonly MessageState[] = ['uncertain', 'bounced', 'failed']

/** One message: a line that opens to the whole of it, as it is sent, and to what can be done. */
export function MessageLine({ of, canSend }: Readonly<{ of: Message; canSend: boolean }>) {
  const speech = useSpeech()
  const { w } = speech
  return (
    <OpeningLine
      line={
        <>
          <span className="strong">{w.outbox.kinds[of.kind]}</span>
          <span>{of.to ?? w.outbox.erased}</span>
          <span className={troubled.includes(of.state) ? 'harm' : 'soft'}>{w.outbox.states[of.state]}</span>
          <span className="soft nowrap">{speech.dayTime(at(of.sentAt ?? of.createdAt))}</span>
        </>
      }
    >
      {() => <Whole of={of} canSend={canSend} />}
    </OpeningLine>
  )
}

function Whole({ of, canSend }: Readonly<{ of: Message; canSend: boolean }>) {
  const speech = useSpeech()
  const { w } = speech
  return (
    <div className="whole">
      {of.state === 'uncertain' ? <p>{w.outbox.uncertainText}</p> : null}
      {of.state === 'bounced' ? <p>{w.outbox.bouncedText}</p> : null}
      <dl className="fields">
        <div>
          <dt>{w.outbox.customer}</dt>
          <dd>
            <Link className="q" href={`/customers/${encodeURIComponent(of.customer)}`}>
              {of.customer}
            </Link>
          </dd>
        </div>
        <div>
          <dt>{w.outbox.written}</dt>
          <dd>{speech.dayTime(at(of.createdAt))}</dd>
        </div>
        {of.problem === null ? null : (
          <div>
            <dt>{w.outbox.problem}</dt>
            <dd className="mono">{of.problem}</dd>
          </div>
        )}
      </dl>
      {of.to === null ? null : <Letter of={of} />}
      <Decide of={of} canSend={canSend} />
    </div>
  )
}

function Decide({ of, canSend }: Readonly<{ of: Message; canSend: boolean }>) {
  const { w } = useSpeech()
  const client = useQueryClient()
  const act = useMutation({
    mutationFn: (what: 'send' | 'cancel') => api.decideMessage(of.customer, of.id, what),
    onSettled: () => client.invalidateQueries({ queryKey: ['messages'] }),
  })
  if (of.to === null) return null
  const isFirst = of.state === 'unconfigured' || of.state === 'cancelled'
  return (
    <>
      {act.isError ? <Refusal error={act.error} /> : null}
      <div className="row">
        {canSend && mayBeSentAgain.includes(of.state) ? (
          <button type="button" className="btn" onClick={() => act.mutate('send')}>
            {isFirst ? w.outbox.send : w.outbox.sendAgain}
          </button>
        ) : null}
        {mayBeCancelled.includes(of.state) ? (
          <button type="button" className="btn" onClick={() => act.mutate('cancel')}>
            {w.outbox.hold}
          </button>
        ) : null}
        <a className="q" href={api.messageAsItLooks(of.customer, of.id)} target="_blank" rel="noreferrer">
          {w.outbox.looks}
        </a>
      </div>
    </>
  )
}
