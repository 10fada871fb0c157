import { useInfiniteQuery } from '@tanstack/react-query'
import { useLocation, useSearch, useSearchParams } from 'wouter'
import type { CaseCommandWish } from '../../../contract/case-wishes.ts'
import { type CaseFilter, type CaseList, type CaseRow, caseFilters } from '../../../contract/cases.ts'
import type { Session } from '../../../contract/show.ts'
import { queueReasons } from '../../../core/cases/case-queue.ts'
import { api } from '../../api.ts'
import { moveFocus, NOT_MINE, useKeys } from '../../keyboard.ts'
import { useMay } from '../../may.ts'
import { Empty, Refusal, Waiting } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { ApprovalsGroup } from './approvals-group.tsx'
import { CaseLine, caseHref } from './case-line.tsx'
import { caseIn, type Lines, lineOf, useFocusBack } from './queue-lines.ts'
import { useWork } from './use-work.ts'

const PAGE = 50
// Clocks move without anybody doing something.
const CLOCKS_MS = 30_000

/** A part of the queue that has a name of its own. */
export type Part = CaseFilter | 'team'

/** What the address says of the queue: which part, of which category and floor, and what is searched for. */
export function useQueue(session: Session) {
  const [params, setParams] = useSearchParams()
  const parts = partsFor(session)
  const part = parts.find((one) => one === params.get('filter')) ?? 'all'
  const search = params.get('search') ?? ''
  const category = params.get('category') ?? ''
  const floor = queueReasons.find((one) => one === params.get('floor')) ?? ''
  const query = { ...queryOf(part, session), search, category, floor, limit: PAGE }
  const pages = useInfiniteQuery({
    queryKey: ['cases', query],
    queryFn: ({ pageParam }: { pageParam: string | undefined }) => api.cases(query, pageParam),
    initialPageParam: undefined,
    getNextPageParam: (last: CaseList) => last.cursor ?? undefined,
    placeholderData: (old) => old,
    refetchInterval: CLOCKS_MS,
  })
  const set = (next: Readonly<Record<string, string>>) =>
    setParams(
      Object.fromEntries(
        Object.entries({ filter: part, search, category, floor, ...next }).filter(([, value]) => value !== ''),
      ),
      { replace: true },
    )
  return { parts, part, search, category, floor, pages, set, first: pages.data?.pages[0] }
}

type Props = Readonly<{ session: Session; queue: ReturnType<typeof useQueue>; lines: Lines }>

/** The queue in its order of work, each case with the reason why it stands where it stands. */
export function Queue({ session, queue, lines }: Props) {
  const { w } = useSpeech()
  const { part, search, category, floor, pages, first } = queue
  const rows = pages.data?.pages.flatMap(({ cases }) => cases) ?? []
  const work = useQueueKeys(rows, session.id, lines)
  useFocusBack(first !== undefined)
  return (
    <>
      {work.isError ? <Refusal error={work.error} /> : null}
      {part === 'all' && `${search}${category}${floor}` === '' ? <ApprovalsGroup lines={lines} /> : null}
      <QueueState
        query={pages}
        isEmpty={rows.length === 0}
        isLate={part === 'late'}
        showAll={
          `${search}${category}${floor}` === ''
            ? null
            : () => queue.set({ filter: 'all', search: '', category: '', floor: '' })
        }
      />
      {first === undefined ? null : (
        <div className={pages.isPlaceholderData ? 'stale' : undefined}>
          <Groups rows={rows} first={first} isClosed={part === 'closed'} me={session.id} lines={lines} />
        </div>
      )}
      {pages.hasNextPage ? (
        <button type="button" className="btn below" onClick={() => void pages.fetchNextPage()}>
          {pages.isFetchingNextPage ? w.state.waiting : w.more}
        </button>
      ) : null}
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
  /** Takes away what narrows the queue; null where nothing does. */
  showAll: (() => void) | null
}>

/** The queue that is refused, waited for, or empty; that no case is late is an answer. */
function QueueState({ query, isEmpty, isLate, showAll }: QueueStateProps) {
  const { w } = useSpeech()
  if (query.isError) return <Refusal error={query.error} again={() => void query.refetch()} />
  if (query.isPending) return <Waiting />
  if (!isEmpty) return null
  if (showAll !== null) {
    return (
      <Empty title={w.cases.none}>
        <button type="button" className="btn" onClick={showAll}>
          {w.cases.showAll}
        </button>
      </Empty>
    )
  }
  return isLate ? <Empty title={w.cases.noneLate} /> : <Empty title={w.cases.none} text={w.cases.noneText} />
}

/**
 * `j` and `k` move, and show the case beside the queue where there is room. `a` takes the case that has the focus, `e`
 * does its next step or opens it for that.
 */
function useQueueKeys(rows: readonly CaseRow[], me: string, { open, look }: Lines) {
  const may = useMay()
  const [, navigate] = useLocation()
  const search = useSearch()
  const work = useWork()
  const onFocused = (act: (row: CaseRow) => unknown) => () => {
    const focused = caseIn(document.activeElement)
    const row = rows.find(({ id }) => id === focused)
    return row !== undefined && may('cases.work') ? act(row) : NOT_MINE
  }
  const send = ({ id, revision }: CaseRow, command: CaseCommandWish) => work.mutate({ id, revision, command })
  const move = (step: 1 | -1) => () => {
    if (open != null && caseIn(document.activeElement) === undefined) lineOf(open)?.focus()
    else moveFocus(step)
    const id = caseIn(document.activeElement)
    if (open !== undefined && id !== undefined) look(id)
  }
  // Before the keys of the case beside the queue: what has the focus is meant.
  useKeys(
    {
      j: move(1),
      k: move(-1),
      a: onFocused((row) => send(row, { kind: 'assign', to: me })),
      e: onFocused((row) => {
        if (row.nextStep === 'acknowledge' || row.nextStep === 'own') return send(row, { kind: row.nextStep })
        if (open === row.id) return NOT_MINE
        return navigate(caseHref(row.id, search))
      }),
      c: () => {
        if (may('cases.work')) navigate('/cases/new')
      },
    },
    true,
  )
  return work
}

type GroupsProps = Readonly<{
  rows: readonly CaseRow[]
  first: CaseList
  isClosed: boolean
  me: string
  lines: Lines
}>

function Groups({ rows, first, isClosed, me, lines }: GroupsProps) {
  const { w } = useSpeech()
  const list = (some: readonly CaseRow[]) => (
    <ul className="queue">
      {some.map((row) => (
        <CaseLine key={row.id} of={row} asOf={first.asOf} currency={first.currency} me={me} lines={lines} />
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
