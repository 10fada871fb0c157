import type { CasePage } from '../../../contract/cases.ts'
import { dueWords } from '../../case-time.ts'
import { at } from '../../dates.ts'
import { useSpeech } from '../../words.ts'

/** Deadlines from law and from the firm's own rules, each with its source. */
export function Legal({ page }: Readonly<{ page: CasePage }>) {
  const speech = useSpeech()
  const { w } = speech
  const running = page.legal.flatMap((pack) => pack.steps.map((step) => ({ pack, step })))
  return (
    <section>
      <h2>{w.cases.legal}</h2>
      {running.length === 0 ? <p className="soft">{w.cases.legalNone}</p> : null}
      <ul className="legal">
        {running.map(({ pack, step }) => {
          const due = dueWords(speech, step.dueAt, page.asOf)
          return (
            <li key={`${pack.pack} ${step.id}`}>
              <span className="anywhere">
                {step.name} <span className="quiet xs">{w.cases.duty[step.duty]}</span>
              </span>
              <span className={step.isLate ? 'harm' : 'soft'}>
                {step.doneAt === null ? due.words : w.cases.legalDone(speech.dayTime(at(step.doneAt)))}
              </span>
              <span className="quiet xs anywhere">
                {pack.name}, {pack.law ? w.cases.law : w.cases.rule}. {step.source.title},{' '}
                {w.cases.noted(speech.fullDay(at(`${step.source.notedOn}T12:00:00Z`)))}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
