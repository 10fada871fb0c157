import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'wouter'
import type { SurveyAnswer, SurveyAnswerList } from '../../../contract/listening.ts'
import { surveyKinds } from '../../../core/listening/survey.ts'
import { listeningApi } from '../../api-listening.ts'
import { at } from '../../dates.ts'
import { useMay } from '../../may.ts'
import { Segmented } from '../../parts/segmented.tsx'
import { Empty, Refusal, Waiting } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

const which = ['all', 'bad'] as const

/** The newest answers, what was written with them, and the case that each opened or belongs to. */
export function Answers() {
  const { w } = useSpeech()
  const [params, setParams] = useSearchParams()
  const kind = surveyKinds.find((one) => one === params.get('kind')) ?? ''
  const asked = which.find((one) => one === params.get('which')) ?? 'all'
  const change = (next: Readonly<Record<string, string>>) =>
    setParams({ view: 'answers', kind, which: asked, ...next }, { replace: true })
  const pages = useInfiniteQuery({
    queryKey: ['survey-answers', kind, asked],
    queryFn: ({ pageParam }: { pageParam: string | undefined }) =>
      listeningApi.surveyAnswers({ kind, which: asked }, pageParam),
    initialPageParam: undefined,
    getNextPageParam: (last: SurveyAnswerList) => last.cursor ?? undefined,
    placeholderData: (old) => old,
  })
  const rows = pages.data?.pages.flatMap(({ answers }) => answers) ?? []
  return (
    <>
      <div className="tools">
        <label>
          <span className="quiet xs">{w.listening.chosen}</span>
          <select className="plain-select" value={kind} onChange={({ target }) => change({ kind: target.value })}>
            <option value="">{w.listening.all}</option>
            {surveyKinds.map((one) => (
              <option key={one} value={one}>
                {w.listening.kinds[one]}
              </option>
            ))}
          </select>
        </label>
        <Segmented
          legend={w.listening.which}
          value={asked}
          options={which.map((value) => ({ value, label: w.listening.whichOf[value] }))}
          onChange={(next) => change({ which: next })}
        />
      </div>
      {pages.isError ? <Refusal error={pages.error} again={() => void pages.refetch()} /> : null}
      {pages.isPending && !pages.isError ? <Waiting /> : null}
      {pages.isSuccess && rows.length === 0 ? (
        <Empty title={w.listening.noAnswers} text={w.listening.noAnswersText} />
      ) : null}
      <ul className={pages.isPlaceholderData ? 'stale answers' : 'answers'}>
        {rows.map((one) => (
          <AnswerLine key={`${one.customer} ${one.at} ${one.kind}`} of={one} />
        ))}
      </ul>
      {pages.hasNextPage ? (
        <button type="button" className="btn below" onClick={() => void pages.fetchNextPage()}>
          {pages.isFetchingNextPage ? w.state.waiting : w.more}
        </button>
      ) : null}
    </>
  )
}

function AnswerLine({ of }: Readonly<{ of: SurveyAnswer }>) {
  const speech = useSpeech()
  const { w } = speech
  const may = useMay()
  const score = speech.decimal(of.score, Number.isInteger(of.score) ? 0 : 2)
  return (
    <li>
      <span className="strong nowrap">
        {w.listening.ofScale(score, speech.count(of.scale[1]))}{' '}
        {of.isBad ? <span className="tag wash">{w.listening.bad}</span> : null}
      </span>
      <span>
        {w.listening.kinds[of.kind]}
        <br />
        <span className="soft xs">{speech.dayTime(at(of.at))}</span>
      </span>
      <span className="anywhere">
        <Link className="q" data-row href={`/customers/${encodeURIComponent(of.customer)}`}>
          {of.name ?? of.customer}
        </Link>
        <br />
        <span className={of.text === null ? 'quiet' : undefined}>
          {of.text ?? (may('cases.read') ? w.listening.noText : w.listening.hidden)}
        </span>
      </span>
      <span className="nowrap">
        {of.case === null ? null : (
          <Link className="q" href={`/cases/${encodeURIComponent(of.case.id)}`}>
            {of.case.opened ? w.listening.caseOpened : w.listening.caseJoined}
          </Link>
        )}
      </span>
    </li>
  )
}
