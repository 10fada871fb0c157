import { Link } from 'wouter'
import type { CaseRow } from '../../../contract/cases.ts'
import type { CustomerPage } from '../../../contract/show.ts'
import { caseWords } from '../../../contract/words/cases.ts'
import { dueWords } from '../../case-time.ts'
import { categoryName } from '../../category.ts'
import { useMay } from '../../may.ts'
import { useSpeech } from '../../words.ts'
import { useCasesOf } from './use-cases-of.ts'

/** What is being done about what is open: the next step of each case, or that there is none. */
export function NextStep({ page }: Readonly<{ page: CustomerPage }>) {
  const { w } = useSpeech()
  const may = useMay()
  const { data } = useCasesOf(page.customer)
  if (data === undefined) return null
  if (data.cases.length > 0)
    return (
      <div className="next-step">
        {data.cases.map((of) => (
          <Case key={of.id} of={of} asOf={data.asOf} />
        ))}
      </div>
    )
  if (page.facts.openFailures === 0 || !may('cases.work')) return null
  return (
    <div className="next-step">
      <section className="composer">
        <p>{w.desk.noCase}</p>
        <Link className="btn primary" href={`/cases/new?customer=${encodeURIComponent(page.customer)}`}>
          {w.desk.title} <kbd>c</kbd>
        </Link>
      </section>
    </div>
  )
}

function Case({ of, asOf }: Readonly<{ of: CaseRow; asOf: string }>) {
  const speech = useSpeech()
  const { w, language } = speech
  const due = dueWords(speech, of.dueAt, asOf)
  return (
    <section className="composer" aria-label={of.id}>
      <p className="facing">
        <span className="soft anywhere">
          {of.id}, {categoryName(w, of.category)}
        </span>
        <span className={due.late ? 'harm strong' : 'soft'}>{due.words}</span>
      </p>
      <h2>{of.nextStep === null ? w.cases.reasons[of.reason] : caseWords[language].steps[of.nextStep]}</h2>
      <p className="soft">{of.assignee === null ? w.desk.nobodyHas : w.desk.has(of.assignee.name || of.assignee.id)}</p>
      <Link className="btn primary" href={`/cases/${encodeURIComponent(of.id)}`} data-row>
        {w.desk.goTo}
      </Link>
    </section>
  )
}
