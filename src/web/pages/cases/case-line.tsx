import type { ReactNode } from 'react'
import { Link, useSearch } from 'wouter'
import type { CaseRow } from '../../../contract/cases.ts'
import { caseWords } from '../../../contract/words/cases.ts'
import { dueWords } from '../../case-time.ts'
import { categoryName, severityName } from '../../category.ts'
import { at } from '../../dates.ts'
import { Stake } from '../../parts/stake.tsx'
import { useSpeech } from '../../words.ts'
import type { Lines } from './queue-lines.ts'

/** The address of a case, with what the queue beside it shows. */
export const caseHref = (id: string, search: string): string =>
  `/cases/${encodeURIComponent(id)}${search === '' ? '' : `?${search}`}`

type Props = Readonly<{ of: CaseRow; asOf: string; currency: string; me: string; lines: Lines }>

/** One case of the queue: two lines of fact, and one of the reason why it stands there. */
export function CaseLine({ of, asOf, currency, me, lines }: Props) {
  const speech = useSpeech()
  const { w, language } = speech
  const due = dueWords(speech, of.dueAt, asOf)
  const isClosed = of.closedAt !== null && of.nextStep === null
  const clock = of.closedAt !== null && isClosed ? w.cases.closedAt(speech.dayTime(at(of.closedAt))) : due.words
  const loss = of.lossMinor === null ? [] : [w.cases.loss(speech.money(of.lossMinor, of.currency ?? currency))]
  const step = of.nextStep === null ? [] : [w.cases.next(caseWords[language].steps[of.nextStep])]
  const facts = [categoryName(w, of.category), severityName(w, of.severity), ...loss, ...step]
  return (
    <li>
      <LineLink id={of.id} lines={lines}>
        <span className="strong anywhere">{of.name ?? w.customer.unnamed(of.customer)}</span>
        <span className={due.late && !isClosed ? 'harm strong' : 'soft'}>{clock}</span>
        <span className="anywhere">{facts.join(', ')}</span>
        <span className="strong nowrap">
          <Stake minor={of.stakeMinor} currency={currency} />
        </span>
        <span className="quiet xs">{isClosed ? of.id : whyThere(of, currency, speech)}</span>
        <span className="quiet xs">
          {of.assignee === null
            ? w.cases.nobody
            : of.assignee.id === me
              ? w.cases.you
              : of.assignee.name || of.assignee.id}
        </span>
      </LineLink>
    </li>
  )
}

/** Why a case stands where it stands; the amount a minute is itself the reason of those that it orders. */
function whyThere({ perMinuteMinor, reason }: CaseRow, currency: string, { w, money }: ReturnType<typeof useSpeech>) {
  if (perMinuteMinor === null) return w.cases.reasons[reason]
  const amount = w.cases.perMinute(money(perMinuteMinor, currency))
  return reason === 'at stake' ? amount : `${amount}, ${w.cases.reasons[reason]}`
}

/** A line that leads to its case, marked where that stands beside the queue. */
export function LineLink({ id, lines, children }: Readonly<{ id: string; lines: Lines; children: ReactNode }>) {
  const isOpen = lines.open === id
  return (
    <Link
      className="case-line"
      data-row
      data-case={id}
      href={caseHref(id, useSearch())}
      replace={isOpen}
      aria-current={isOpen ? 'true' : undefined}
      onClick={() => lines.enter(id)}
    >
      {children}
    </Link>
  )
}
