import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { ContactAnswer } from '../../../contract/decide.ts'
import { api } from '../../api.ts'
import { at } from '../../dates.ts'
import { useMay } from '../../may.ts'
import { useSpeech } from '../../words.ts'

const questions = [
  { purpose: 'upsell', channel: 'email' },
  { purpose: 'upsell', channel: 'phone' },
  { purpose: 'service', channel: 'email' },
] as const

/** Whether this customer may be contacted now, for selling and for service, with the strongest reason against it. */
export function MayContact({ customer }: Readonly<{ customer: string }>) {
  const { w, language } = useSpeech()
  const may = useMay()
  const answers = useQuery({
    queryKey: ['may-contact', customer, language],
    queryFn: () => Promise.all(questions.map((question) => api.mayContact({ customer, ...question }))),
    enabled: may('policy.ask'),
  })
  // Beside the facts of a customer a refusal would only repeat what the page says already.
  if (answers.data === undefined) return null
  return (
    <section>
      <h3>{w.policy.block}</h3>
      <ul className="may">
        {questions.map((question, index) => (
          <Line key={`${question.purpose} ${question.channel}`} question={question} answer={answers.data[index]} />
        ))}
      </ul>
    </section>
  )
}

type LineProps = Readonly<{ question: (typeof questions)[number]; answer: ContactAnswer | undefined }>

function Line({ question, answer }: LineProps) {
  const speech = useSpeech()
  const { w } = speech
  if (answer === undefined) return null
  const { purpose, channel } = question
  const [strongest] = answer.spoke
  const until = strongest?.until
  return (
    <li>
      <Link className="q" href={`/policy?${new URLSearchParams({ customer: answer.customer, purpose, channel })}`}>
        {purpose === 'service' ? w.policy.serviceBy : w.policy.sellingBy[channel]}
      </Link>
      : <b>{answer.allowed ? w.policy.on : w.policy.off}</b>
      {strongest === undefined ? null : (
        <span className="soft">
          {strongest.reason}
          {until === undefined || until === null ? '' : ` ${w.policy.untilTime(speech.dayTime(at(until)))}.`}
        </span>
      )}
    </li>
  )
}
