import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { type DataRequest, type DataRequestStepWish, dataRequestStates } from '../../../contract/data-requests.ts'
import { api } from '../../api.ts'
import { at } from '../../dates.ts'
import { rowKeys, useKeys } from '../../keyboard.ts'
import { useMay } from '../../may.ts'
import { OpeningLine } from '../../parts/opening-line.tsx'
import { PageHead } from '../../parts/page.tsx'
import { StateFilter } from '../../parts/state-filter.tsx'
import { Empty, Loaded, Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

/** What customers ask about their own data, by the day on which the law wants an answer, and the answer by button. */
export function DataRequestsPage() {
  const { w } = useSpeech()
  const [params] = useSearchParams()
  useKeys(rowKeys)
  const state = dataRequestStates.find((one) => one === params.get('state')) ?? 'open'
  const list = useQuery({ queryKey: ['data-requests', state], queryFn: () => api.dataRequests(state) })
  return (
    <>
      <PageHead title={w.dataRequests.title}>
        <Link className="q" href="/exits">
          {w.exits.title}
        </Link>
        <a className="q" href="/data-request" target="_blank" rel="noreferrer">
          {w.dataRequests.page}
        </a>
      </PageHead>
      <div className="body">
        <p className="lead">{w.dataRequests.lead}</p>
        <StateFilter
          label={w.dataRequests.which}
          value={state}
          options={dataRequestStates.map((one) => [one, w.dataRequests.states[one]])}
        />
        <Loaded query={list}>
          {({ requests, page }) => (
            <>
              {page === null ? <p className="soft">{w.dataRequests.noPage}</p> : null}
              {requests.length === 0 ? <Empty title={w.dataRequests.none} text={w.dataRequests.noneText} /> : null}
              <div className="outbox">
                {requests.map((one) => (
                  <RequestLine key={one.id} of={one} />
                ))}
              </div>
            </>
          )}
        </Loaded>
      </div>
    </>
  )
}

function RequestLine({ of }: Readonly<{ of: DataRequest }>) {
  const speech = useSpeech()
  const { w } = speech
  return (
    <OpeningLine
      line={
        <>
          <span className="strong">{w.dataRequests.kinds[of.kind]}</span>
          <span>{of.customer}</span>
          <When of={of} />
          <span className="soft nowrap">{speech.dayTime(at(of.askedAt))}</span>
        </>
      }
    >
      {() => <Whole of={of} />}
    </OpeningLine>
  )
}

function When({ of }: Readonly<{ of: DataRequest }>) {
  const { w, day } = useSpeech()
  if (of.end !== null) return <span className="soft">{w.dataRequests.ends[of.end]}</span>
  if (of.decidedAt !== null) return <span className="soft">{w.dataRequests.making}</span>
  // The time is over at midnight: the last day is the day before.
  const due = at(of.dueAt) - 1
  return due < Date.now() ? (
    <span className="harm">{w.dataRequests.late(day(due))}</span>
  ) : (
    <span className="soft">{w.dataRequests.due(day(due))}</span>
  )
}

function Whole({ of }: Readonly<{ of: DataRequest }>) {
  const speech = useSpeech()
  const { w, dayTime } = speech
  const may = useMay()
  const told = (time: string | null) => (time === null ? null : dayTime(at(time)))
  const lines = [
    [w.dataRequests.email, of.email],
    [w.dataRequests.words, of.words],
    [w.dataRequests.asked, told(of.askedAt)],
    [w.dataRequests.confirmed, told(of.confirmedAt)],
    [w.dataRequests.extended, told(of.extendedAt)],
  ] as const
  const mayAnswer = may('requests.answer') && of.decidedAt === null
  return (
    <div className="whole">
      <dl className="fields">
        <div>
          <dt>{w.outbox.customer}</dt>
          <dd>
            <Link className="q" href={`/customers/${encodeURIComponent(of.customer)}`}>
              {of.customer}
            </Link>
          </dd>
        </div>
        {lines.map(([name, value]) =>
          value === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="anywhere">{value}</dd>
            </div>
          ),
        )}
      </dl>
      {mayAnswer ? <Steps of={of} mayErase={may('customers.erase')} /> : null}
    </div>
  )
}

function Steps({ of, mayErase }: Readonly<{ of: DataRequest; mayErase: boolean }>) {
  const { w } = useSpeech()
  const client = useQueryClient()
  const [why, setWhy] = useState('')
  const act = useMutation({
    mutationFn: (step: DataRequestStepWish) => api.answerDataRequest(of.id, step),
    onSettled: () => client.invalidateQueries({ queryKey: ['data-requests'] }),
  })
  const reason = why.trim()
  return (
    <>
      {act.isError ? <Refusal error={act.error} /> : null}
      {of.kind !== 'erasure' || mayErase ? (
        <div className="stack">
          {of.kind === 'erasure' ? <p className="soft">{w.dataRequests.erasureText}</p> : null}
          <div className="row">
            {/* A look is answered by its mail, and never comes here. */}
            {of.kind === 'look' ? null : (
              <button
                type="button"
                className="btn"
                disabled={act.isPending}
                onClick={() => act.mutate({ step: 'answer' })}
              >
                {w.dataRequests.answers[of.kind]}
              </button>
            )}
          </div>
        </div>
      ) : null}
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault()
          act.mutate({ step: 'refuse', why: reason })
        }}
      >
        <label className="field">
          <span>{w.dataRequests.why}</span>
          <input value={why} maxLength={1_000} required onChange={({ target }) => setWhy(target.value)} />
        </label>
        <button type="submit" className="btn" disabled={act.isPending || reason === ''}>
          {w.dataRequests.refuse}
        </button>
        {of.extendedAt === null ? (
          <button
            type="button"
            className="btn"
            disabled={act.isPending || reason === ''}
            onClick={() => act.mutate({ step: 'extend', why: reason })}
          >
            {w.dataRequests.extend}
          </button>
        ) : null}
      </form>
    </>
  )
}
