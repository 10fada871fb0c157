import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'wouter'
import { type ExitList, exitStates } from '../../../contract/exits.ts'
import { exitsApi } from '../../api-exits.ts'
import { rowKeys, useKeys } from '../../keyboard.ts'
import { useMay } from '../../may.ts'
import { PageHead } from '../../parts/page.tsx'
import { StateFilter } from '../../parts/state-filter.tsx'
import { Empty, Refusal, Waiting } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { ExitLine } from './exit-line.tsx'
import { Terms } from './terms.tsx'

/** Who leaves, how far each has come, and how leaving goes: a way out without obstacles is the figure to keep at 0. */
export function ExitsPage({ currency }: Readonly<{ currency: string }>) {
  const { w } = useSpeech()
  const may = useMay()
  const [params] = useSearchParams()
  useKeys(rowKeys)
  const state = exitStates.find((one) => one === params.get('state')) ?? ''
  const pages = useInfiniteQuery({
    queryKey: ['exits', state],
    queryFn: ({ pageParam }: { pageParam: string | undefined }) => exitsApi.exits(state, pageParam),
    initialPageParam: undefined,
    getNextPageParam: (last: ExitList) => last.cursor ?? undefined,
    placeholderData: (old) => old,
  })
  const first = pages.data?.pages[0]
  const rows = pages.data?.pages.flatMap(({ exits }) => exits) ?? []
  return (
    <>
      <PageHead title={w.exits.title}>
        <span className="quiet">{rows.length > 0 ? w.exits.shown(rows.length) : ''}</span>
        {may('customers.export') ? (
          <Link className="q" href="/exits/data-requests">
            {w.dataRequests.title}
          </Link>
        ) : null}
        <Link className="q" href="/exits/ways">
          {w.exitWays.open}
        </Link>
        <a className="q" href="/leave" target="_blank" rel="noreferrer">
          {w.exits.page}
        </a>
      </PageHead>
      <div className="body">
        {first === undefined ? null : <Measures of={first.measures} />}
        <StateFilter
          label={w.exits.filter}
          value={state}
          options={[['', w.exits.filters.all], ...exitStates.map((one) => [one, w.exits.filters[one]] as const)]}
        />
        {pages.isError ? <Refusal error={pages.error} again={() => void pages.refetch()} /> : null}
        {pages.isPending && !pages.isError ? <Waiting /> : null}
        {pages.isSuccess && rows.length === 0 ? <Empty title={w.exits.none} text={w.exits.noneText} /> : null}
        <div className={pages.isPlaceholderData ? 'stale outbox' : 'outbox'}>
          {rows.map((exit) => (
            <ExitLine key={exit.id} of={exit} currency={currency} />
          ))}
        </div>
        {pages.hasNextPage ? (
          <button type="button" className="btn below" onClick={() => void pages.fetchNextPage()}>
            {pages.isFetchingNextPage ? w.state.waiting : w.more}
          </button>
        ) : null}
        <Terms />
      </div>
    </>
  )
}

function Measures({ of }: Readonly<{ of: ExitList['measures'] }>) {
  const speech = useSpeech()
  const { w } = speech
  const days = of.daysToEnd === null ? w.notKnown : speech.decimal(of.daysToEnd, 1)
  const figures = [
    [w.exits.steps, speech.count(of.steps)],
    [w.exits.obstacles, speech.count(of.obstacles)],
    [w.exits.daysToEnd, days],
    [w.exits.publicActs, speech.count(of.publicActs)],
  ] as const
  return (
    <>
      <p className="lead">{w.exits.lead(of.requested, of.unmatched)}</p>
      <dl className="fields exit-measures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value} <span className="quiet xs">{value === w.notKnown ? '' : w.exits.counted}</span>
            </dd>
          </div>
        ))}
        {of.referred.every(({ referred }) => referred === 0)
          ? null
          : of.referred.map(({ segment, exits, referred }) => (
              <div key={segment ?? ''}>
                <dt>{`${w.exits.referredBy}: ${segment ?? w.exits.smallGroups}`}</dt>
                <dd>{w.exits.askedOf(speech.count(referred), speech.count(exits))}</dd>
              </div>
            ))}
      </dl>
    </>
  )
}
