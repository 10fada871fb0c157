import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import type { IdeaList, InputOverview } from '../../../contract/input.ts'
import { type IdeaState, ideaStates } from '../../../core/listening/input-round.ts'
import { listeningApi } from '../../api-listening.ts'
import { at } from '../../dates.ts'
import { useMay } from '../../may.ts'
import { Choice } from '../../parts/rule-inputs.tsx'
import { Empty, Refusal, Waiting } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { NoteIdea } from './note-idea.tsx'

type Idea = IdeaList['ideas'][number]

const ANSWER_LENGTH_MAX = 2_000

/** What customers proposed, how each idea stands, and what they were told. */
export function Ideas({ counts }: Readonly<{ counts: InputOverview['ideas'] }>) {
  const speech = useSpeech()
  const { w } = speech
  const i = w.input
  const may = useMay()
  const [params, setParams] = useSearchParams()
  const state = ideaStates.find((one) => one === params.get('state')) ?? ''
  const pages = useInfiniteQuery({
    queryKey: ['ideas', state],
    queryFn: ({ pageParam }: { pageParam: string | undefined }) => listeningApi.ideas({ state }, pageParam),
    initialPageParam: undefined,
    getNextPageParam: (last: IdeaList) => last.cursor ?? undefined,
    placeholderData: (old) => old,
  })
  const rows = pages.data?.pages.flatMap(({ ideas }) => ideas) ?? []
  const countOf = (one: IdeaState) => counts.find((some) => some.state === one)?.count ?? 0
  return (
    <section aria-labelledby="ideas-title" className="band">
      <h2 id="ideas-title">{i.ideas}</h2>
      <div className="tools">
        <label>
          <span className="quiet xs">{i.which}</span>{' '}
          <select
            className="plain-select"
            value={state}
            onChange={({ target }) =>
              setParams({ view: 'input', ...(target.value === '' ? {} : { state: target.value }) }, { replace: true })
            }
          >
            <option value="">{i.all}</option>
            {ideaStates.map((one) => (
              <option key={one} value={one}>
                {i.ideaStates[one]} ({speech.count(countOf(one))})
              </option>
            ))}
          </select>
        </label>
      </div>
      {pages.isError ? <Refusal error={pages.error} again={() => void pages.refetch()} /> : null}
      {pages.isPending && !pages.isError ? <Waiting /> : null}
      {pages.isSuccess && rows.length === 0 ? (
        <Empty title={state === '' ? i.noIdeasYet : i.noIdeas} text={i.noIdeasText} />
      ) : null}
      <ul className="answers ideas">
        {rows.map((one) => (
          <IdeaLine key={one.id} of={one} />
        ))}
      </ul>
      {pages.hasNextPage ? (
        <button type="button" className="btn below" onClick={() => void pages.fetchNextPage()}>
          {pages.isFetchingNextPage ? w.state.waiting : w.more}
        </button>
      ) : null}
      {may('surveys.edit') ? <NoteIdea /> : null}
    </section>
  )
}

function IdeaLine({ of }: Readonly<{ of: Idea }>) {
  const speech = useSpeech()
  const { w } = speech
  const i = w.input
  const may = useMay()
  const name = of.name ?? of.customer
  return (
    <li>
      <span>
        <span className={of.state === 'new' ? 'tag wash' : 'tag'}>{i.ideaStates[of.state]}</span>
      </span>
      <span className="soft xs">
        {speech.day(at(of.at))}
        <br />
        {of.toldAt === null ? i.notTold : i.told(speech.day(at(of.toldAt)))}
      </span>
      <span className="anywhere">
        <Link className="q" data-row href={`/customers/${encodeURIComponent(of.customer)}`}>
          {name}
        </Link>
        <br />
        <span className={of.text === null ? 'quiet' : undefined}>
          {of.text ?? (may('cases.read') ? i.noWords : w.listening.hidden)}
        </span>
        {of.answer === null ? null : (
          <>
            <br />
            <span className="soft">{of.answer}</span>
          </>
        )}
        {may('surveys.edit') ? <AnswerIdea key={of.state} of={of} name={name} /> : null}
      </span>
    </li>
  )
}

function AnswerIdea({ of, name }: Readonly<{ of: Idea; name: string }>) {
  const { w } = useSpeech()
  const i = w.input
  const id = useId()
  const client = useQueryClient()
  const [state, setState] = useState(of.state)
  const [answer, setAnswer] = useState(of.answer ?? '')
  const keep = useMutation({
    mutationFn: (tell: boolean) => {
      const said = answer.trim()
      return listeningApi.answerIdea(of.customer, of.id, { state, ...(said === '' ? {} : { answer: said }), tell })
    },
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['input'] }),
        client.invalidateQueries({ queryKey: ['ideas'] }),
      ]),
  })
  const isUnsaid = answer.trim() === '' || state === 'new'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!keep.isPending) keep.mutate(false)
  }
  return (
    <details>
      <summary aria-label={i.answerOf(name)}>{i.answer}</summary>
      <form className="form idea-form" onSubmit={submit}>
        <div className="field">
          <span aria-hidden="true">{i.state}</span>
          <Choice label={i.state} value={state} all={ideaStates} names={i.ideaStates} onChange={setState} />
        </div>
        <div className="field">
          <label htmlFor={`${id}-answer`}>{i.came}</label>
          <textarea
            id={`${id}-answer`}
            rows={3}
            maxLength={ANSWER_LENGTH_MAX}
            value={answer}
            onChange={({ target }) => setAnswer(target.value)}
          />
        </div>
        <div className="row">
          <button
            type="button"
            className={isUnsaid ? 'btn' : 'btn primary'}
            aria-disabled={isUnsaid || keep.isPending}
            aria-describedby={isUnsaid ? `${id}-first` : undefined}
            onClick={() => (isUnsaid || keep.isPending ? undefined : keep.mutate(true))}
          >
            {i.tell}
          </button>
          <button type="submit" className="btn" aria-disabled={keep.isPending}>
            {i.keep}
          </button>
          {isUnsaid ? (
            <span className="soft" id={`${id}-first`}>
              {i.sayFirst}
            </span>
          ) : null}
        </div>
        {keep.isError ? <Refusal error={keep.error} /> : null}
        {keep.isSuccess ? <p role="status">{keep.data.told ? i.toldNow : i.kept}</p> : null}
      </form>
    </details>
  )
}
