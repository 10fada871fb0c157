import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { CaseList } from '../../../contract/cases.ts'
import { caseWords } from '../../../contract/words/cases.ts'
import { api } from '../../api.ts'
import { Segmented } from '../../parts/segmented.tsx'
import { Stake } from '../../parts/stake.tsx'
import { Refusal, Waiting } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

const parts = ['all', 'late', 'closed'] as const

type Props = Readonly<{ incident: string; currency: string; count: number }>

/** The cases of an incident, in the order of the queue, as far as the reader sees them. */
export function IncidentCases({ incident, currency, count }: Props) {
  const speech = useSpeech()
  const { w, language } = speech
  const [part, setPart] = useState<(typeof parts)[number]>('all')
  const pages = useInfiniteQuery({
    queryKey: ['incident-cases', incident, part, count],
    queryFn: ({ pageParam }: { pageParam: string | undefined }) => api.incidentCases(incident, part, pageParam),
    initialPageParam: undefined,
    getNextPageParam: (last: CaseList) => last.cursor ?? undefined,
    placeholderData: (old) => old,
  })
  const rows = pages.data?.pages.flatMap(({ cases }) => cases) ?? []
  return (
    <section>
      <h2>{w.incidents.cases}</h2>
      <div className="tools">
        <Segmented
          legend={w.cases.filter}
          value={part}
          options={parts.map((value) => ({ value, label: w.cases.filters[value] }))}
          onChange={(value) => setPart(value)}
        />
      </div>
      {pages.isError ? <Refusal error={pages.error} again={() => void pages.refetch()} /> : null}
      {pages.isPending && !pages.isError ? <Waiting /> : null}
      {pages.isSuccess && rows.length === 0 ? (
        <p className="soft">{part === 'late' ? w.cases.noneLate : w.incidents.noCases}</p>
      ) : null}
      <ul className="queue">
        {rows.map((row) => (
          <li key={row.id}>
            <Link className="case-line" data-row href={`/cases/${encodeURIComponent(row.id)}`}>
              <span className="strong anywhere">{row.name ?? w.customer.unnamed(row.customer)}</span>
              <span className="strong nowrap">
                <Stake minor={row.stakeMinor} currency={currency} />
              </span>
              <span className={row.reason === 'overdue' ? 'harm' : 'soft'}>
                {row.nextStep === null ? w.incidents.closed : caseWords[language].steps[row.nextStep]}
              </span>
              <span className="quiet xs">{row.assignee?.name ?? w.incidents.nobody}</span>
            </Link>
          </li>
        ))}
      </ul>
      {pages.hasNextPage ? (
        <button type="button" className="btn below" onClick={() => void pages.fetchNextPage()}>
          {w.more}
        </button>
      ) : null}
    </section>
  )
}
