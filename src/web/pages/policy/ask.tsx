import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useSearchParams } from 'wouter'
import type { ContactAnswer } from '../../../contract/decide.ts'
import { contactPurposes } from '../../../core/contact/contact-policy.ts'
import { channels } from '../../../core/relationship/vocabulary.ts'
import { api, type ContactQuestion } from '../../api.ts'
import { contactCurlOf } from '../../curl.ts'
import { at } from '../../dates.ts'
import { CopyText } from '../../parts/copy-text.tsx'
import { CustomerField } from '../../parts/customer-field.tsx'
import { Choice, Tick } from '../../parts/rule-inputs.tsx'
import { Loaded } from '../../parts/states.tsx'
import { instantOfWall } from '../../wall-time.ts'
import { useSpeech } from '../../words.ts'

const NAME_LENGTH_MAX = 200

/** The question that an address carries, so that other pages can link to an answer; undefined without a customer. */
function questionIn(params: URLSearchParams): ContactQuestion | undefined {
  const customer = params.get('customer') ?? ''
  if (customer === '') return undefined
  return {
    customer,
    purpose: contactPurposes.find((one) => one === params.get('purpose')) ?? 'upsell',
    channel: channels.find((one) => one === params.get('channel')) ?? 'email',
    ...(params.get('category') ? { category: params.get('category') ?? '' } : {}),
    ...(params.get('asked') === 'yes' ? { asked: true } : {}),
    ...(params.get('at') ? { at: params.get('at') ?? '' } : {}),
  }
}

/** Ask about one customer, and read the answer with every rule that spoke. */
export function Ask() {
  const speech = useSpeech()
  const { w, language } = speech
  const [params, setParams] = useSearchParams()
  const question = questionIn(params)
  const answer = useQuery({
    queryKey: ['may-contact', question, language],
    queryFn: () => api.mayContact(question ?? { customer: '', purpose: 'service', channel: 'email' }),
    enabled: question !== undefined,
    placeholderData: (old) => old,
  })
  const ask = (next: ContactQuestion) => {
    const { asked, ...texts } = next
    const same = JSON.stringify(next) === JSON.stringify(question)
    setParams({ ...texts, ...(asked === true ? { asked: 'yes' } : {}) }, { replace: true })
    if (same) void answer.refetch()
  }
  return (
    <section aria-labelledby="ask-title" className="band">
      <h2 id="ask-title">{w.policy.ask}</h2>
      <p className="soft measure">{w.policy.askText}</p>
      <AskForm first={question} ask={ask} />
      <div aria-live="polite">
        {question === undefined ? null : (
          <Loaded query={answer}>{(given) => <Answer of={given} question={question} />}</Loaded>
        )}
      </div>
    </section>
  )
}

type FormProps = Readonly<{ first: ContactQuestion | undefined; ask: (question: ContactQuestion) => void }>

function AskForm({ first, ask }: FormProps) {
  const { w, timeZone } = useSpeech()
  const id = useId()
  const [customer, setCustomer] = useState(first?.customer ?? '')
  const [purpose, setPurpose] = useState(first?.purpose ?? 'upsell')
  const [channel, setChannel] = useState(first?.channel ?? 'email')
  const [category, setCategory] = useState(first?.category ?? '')
  const [asked, setAsked] = useState(first?.asked ?? false)
  const [when, setWhen] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const moment = instantOfWall(when, timeZone)
    ask({
      customer: customer.trim(),
      purpose,
      channel,
      ...(category.trim() === '' ? {} : { category: category.trim() }),
      ...(asked ? { asked } : {}),
      ...(moment === undefined ? {} : { at: moment }),
    })
  }
  return (
    <form onSubmit={submit} className="ask">
      <CustomerField label={w.policy.customer} hint={w.policy.customerHint} value={customer} onChange={setCustomer} />
      <div className="field">
        <span aria-hidden="true">{w.policy.purpose}</span>
        <Choice
          label={w.policy.purpose}
          value={purpose}
          all={contactPurposes}
          names={w.policy.purposes}
          onChange={setPurpose}
        />
      </div>
      <div className="field">
        <span aria-hidden="true">{w.policy.channel}</span>
        <Choice
          label={w.policy.channel}
          value={channel}
          all={channels}
          names={w.policy.channels}
          onChange={setChannel}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-category`}>{w.policy.category}</label>
        <input
          id={`${id}-category`}
          maxLength={NAME_LENGTH_MAX}
          aria-describedby={`${id}-category-hint`}
          value={category}
          onChange={({ target }) => setCategory(target.value)}
        />
        <span className="hint" id={`${id}-category-hint`}>
          {w.policy.categoryHint}
        </span>
      </div>
      <div className="field">
        <label htmlFor={`${id}-when`}>{w.policy.when}</label>
        <input
          id={`${id}-when`}
          type="datetime-local"
          aria-describedby={`${id}-when-hint`}
          value={when}
          onChange={({ target }) => setWhen(target.value)}
        />
        <span className="hint" id={`${id}-when-hint`}>
          {w.policy.whenHint(timeZone)}
        </span>
      </div>
      <div className="row ask-foot">
        <button type="submit" className="btn primary">
          {w.policy.askButton}
        </button>
        <Tick label={w.policy.asked} on={asked} onChange={setAsked} />
      </div>
    </form>
  )
}

/** Rules of law: nobody may decide otherwise. */
const lawful: ReadonlySet<string> = new Set(['erased', 'objection', 'no-consent'])

type AnswerProps = Readonly<{ of: ContactAnswer; question: ContactQuestion }>

function Answer({ of: { allowed, known, spoke, holdsUntil, nextAllowedAt }, question }: AnswerProps) {
  const speech = useSpeech()
  const { w } = speech
  const time = (text: string) => speech.dayTime(at(text))
  const verdict = allowed
    ? question.at === undefined
      ? w.policy.yes
      : w.policy.yesAt(time(question.at))
    : question.at === undefined
      ? w.policy.no
      : w.policy.noAt(time(question.at))
  const byLaw = spoke.some(({ rule, effect }) => effect === 'blocks' && lawful.has(rule))
  return (
    <>
      <div className={allowed ? 'answer' : 'answer refusal'}>
        <p className="md strong">{verdict}</p>
        {spoke.length === 0 ? null : (
          <ul>
            {spoke.map(({ rule, reason, until }) => (
              <li key={rule}>
                <a className="go" href={`#rule-${rule}`}>
                  {w.policy.rule[rule].name}
                </a>
                : {reason}{' '}
                <span className="quiet nowrap">
                  {until === null ? w.policy.untilEvent : w.policy.untilTime(time(until))}
                </span>
              </li>
            ))}
          </ul>
        )}
        {known ? null : <p>{w.policy.stranger}</p>}
        {allowed ? (
          holdsUntil === null ? null : (
            <p className="soft">{w.policy.holdsUntil(time(holdsUntil))}</p>
          )
        ) : (
          <>
            <p>{nextAllowedAt === null ? w.policy.nextUnknown : w.policy.next(time(nextAllowedAt))}</p>
            <p className="soft">{byLaw ? w.policy.nobody : w.policy.others}</p>
          </>
        )}
      </div>
      <details>
        <summary>{w.policy.forPrograms}</summary>
        <p className="soft">{w.policy.forProgramsText}</p>
        <CopyText text={contactCurlOf(location.origin, question)} label={w.policy.forPrograms} />
      </details>
    </>
  )
}
