import { useInfiniteQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { Link, useLocation, useSearchParams } from 'wouter'
import { type CaseFilter, type CaseList, type CaseRow, caseFilters } from '../../../contract/cases.ts'
import type { Session } from '../../../contract/show.ts'
import { queueReasons } from '../../../core/case-queue.ts'
import { api } from '../../api.ts'
import { rowKeys, useKeys } from '../../keyboard.ts'
import { useMay } from '../../may.ts'
import { PageHead } from '../../parts/page.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { Empty, Refusal, Waiting } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { ApprovalsGroup } from './approvals-group.tsx'
import { useCaseChanges } from './case-changes.ts'
import { CaseLine } from './case-line.tsx'
import { countWords } from './count-words.ts'
import { useWork } from './use-work.ts'

const PAGE = 50
// Clocks move without anybody doing something.
const CLOCKS_MS = 30_000

type Part = CaseFilter | 'team'

/** The queue in its order of work, each case with the reason why it stands where it stands. */
export function CasesPage({ session }: Readonly<{ session: Session }>) {
  const speech = useSpeech()
  const { w } = speech
  const may = useMay()
  const [params, setParams] = useSearchParams()
  const parts = partsFor(session)
  const part = parts.find((one) => one === params.get('filter')) ?? 'all'
  const search = params.get('search') ?? ''
  const query = { ...queryOf(part, session), search, limit: PAGE }
  const pages = useInfiniteQuery({
    queryKey: ['cases', query],
    queryFn: ({ pageParam }: { pageParam: string | undefined }) => api.cases(query, pageParam),
    initialPageParam: undefined,
    getNextPageParam: (last: CaseList) => last.cursor ?? undefined,
    placeholderData: (old) => old,
    refetchInterval: CLOCKS_MS,
  })
  useCaseChanges()
  const first = pages.data?.pages[0]
  const rows = pages.data?.pages.flatMap(({ cases }) => cases) ?? []
  const work = useQueueKeys(rows, session.id)
  const set = (next: Readonly<Record<string, string>>) =>
    setParams(
      Object.fromEntries(Object.entries({ filter: part, search, ...next }).filter(([, value]) => value !== '')),
      { replace: true },
    )
  return (
    <>
      <PageHead title={w.cases.title}>
        {first === undefined ? null : <Counts of={first.counts} />}
        <span className="grow" />
        {may('cases.work') ? (
          <Link className="btn" href="/cases/new">
            {w.desk.newCase} <kbd>c</kbd>
          </Link>
        ) : null}
      </PageHead>
      <div className="body">
        <div className="tools">
          <Segmented
            legend={w.cases.filter}
            value={part}
            options={parts.map((value) => ({ value, label: labelOf(value, first?.counts, speech) }))}
            onChange={(filter) => set({ filter })}
          />
          <input
            type="search"
            className="plain-input search"
            aria-label={w.cases.search}
            placeholder={w.cases.search}
            value={search}
            onChange={({ target }) => set({ search: target.value })}
          />
        </div>
        {work.isError ? <Refusal error={work.error} /> : null}
        {part === 'all' && search === '' ? <ApprovalsGroup /> : null}
        <QueueState query={pages} isEmpty={rows.length === 0} isLate={part === 'late'} />
        {first === undefined ? null : (
          <div className={pages.isPlaceholderData ? 'stale' : undefined}>
            <Groups rows={rows} first={first} isClosed={part === 'closed'} me={session.id} />
          </div>
        )}
        {pages.hasNextPage ? (
          <button type="button" className="btn below" onClick={() => void pages.fetchNextPage()}>
            {pages.isFetchingNextPage ? w.state.waiting : w.more}
          </button>
        ) : null}
      </div>
    </>
  )
}

/** Somebody of one team has its cases as a part of their own. */
const partsFor = ({ teams }: Session): readonly Part[] =>
  teams.length === 1 ? ['all', 'mine', 'team', ...caseFilters.slice(2)] : caseFilters

const queryOf = (part: Part, { teams }: Session): Readonly<{ filter: CaseFilter; team: string }> =>
  part === 'team' ? { filter: 'all', team: teams[0] ?? '' } : { filter: part, team: '' }

type QueueStateProps = Readonly<{
  query: Readonly<{ isError: boolean; isPending: boolean; isSuccess: boolean; error: unknown; refetch: () => unknown }>
  isEmpty: boolean
  isLate: boolean
}>

/** The queue that is refused, waited for, or empty; that no case is late is an answer. */
function QueueState({ query, isEmpty, isLate }: QueueStateProps) {
  const { w } = useSpeech()
  if (query.isError) return <Refusal error={query.error} again={() => void query.refetch()} />
  if (query.isPending) return <Waiting />
  if (!isEmpty) return null
  return isLate ? <Empty title={w.cases.noneLate} /> : <Empty title={w.cases.none} text={w.cases.noneText} />
}

/** `a` takes the case that has the focus, `e` does its next step or opens it for that, `z` takes back the last of these. */
function useQueueKeys(rows: readonly CaseRow[], me: string) {
  const may = useMay()
  const [, navigate] = useLocation()
  const work = useWork()
  const last = useRef<string>(undefined)
  const onFocused = (act: (row: CaseRow) => void) => () => {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.case : undefined
    const row = rows.find(({ id }) => id === focused)
    if (row !== undefined && may('cases.work')) act(row)
  }
  const send = ({ id, revision }: CaseRow, command: Parameters<typeof api.workOnCase>[1]) => {
    last.current = id
    work.mutate({ id, revision, command })
  }
  useKeys({
    ...rowKeys,
    a: onFocused((row) => send(row, { kind: 'assign', to: me })),
    e: onFocused((row) => {
      if (row.nextStep === 'acknowledge' || row.nextStep === 'own') send(row, { kind: row.nextStep })
      else navigate(`/cases/${encodeURIComponent(row.id)}`)
    }),
    c: () => {
      if (may('cases.work')) navigate('/cases/new')
    },
    z: () => {
      const row = rows.find(({ id }) => id === last.current)
      if (row !== undefined) work.mutate({ id: row.id, revision: row.revision, command: { kind: 'undo' } })
    },
  })
  return work
}

type CountsOf = CaseList['counts']

function labelOf(part: Part, counts: CountsOf | undefined, speech: ReturnType<typeof useSpeech>): string {
  const name = speech.w.cases.filters[part]
  if (counts === undefined || part === 'team' || part === 'closed') return name
  return `${name} ${countWords(part === 'all' ? counts.open : counts[part], speech)}`
}

function Counts({ of }: Readonly<{ of: CountsOf }>) {
  const speech = useSpeech()
  const { w } = speech
  return (
    <>
      <span className={of.late > 0 ? 'harm' : 'quiet'}>
        {w.cases.lead(countWords(of.open, speech), countWords(of.late, speech), countWords(of.dueSoon, speech))}
      </span>
      {of.late === 0 ? <span className="quiet">{w.cases.noneLate}</span> : null}
    </>
  )
}

type GroupsProps = Readonly<{ rows: readonly CaseRow[]; first: CaseList; isClosed: boolean; me: string }>

function Groups({ rows, first, isClosed, me }: GroupsProps) {
  const { w } = useSpeech()
  const list = (some: readonly CaseRow[]) => (
    <ul className="queue">
      {some.map((row) => (
        <CaseLine key={row.id} of={row} asOf={first.asOf} currency={first.currency} me={me} />
      ))}
    </ul>
  )
  if (isClosed) return rows.length === 0 ? null : list(rows)
  return queueReasons.map((reason) => {
    const some = rows.filter((row) => row.reason === reason)
    if (some.length === 0) return null
    return (
      <section key={reason}>
        <h2 className="queue-group">{w.cases.groups[reason]}</h2>
        {list(some)}
      </section>
    )
  })
}
