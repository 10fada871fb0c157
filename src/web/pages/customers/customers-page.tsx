import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import type { CustomerList } from '../../../contract/show.ts'
import { api, type CustomerQuery } from '../../api.ts'
import { rowKeys, useKeys } from '../../keyboard.ts'
import { PageHead } from '../../parts/page.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { Empty, Refusal, Waiting } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { CustomerTable } from './customer-table.tsx'

const PAGE_ROWS = 50
const TYPING_MS = 200

const filters = ['all', 'let-down', 'at-stake', 'double-deviation', 'left'] as const
const sorts = ['at-stake', 'chance', 'recent', 'name'] as const

const oneOf = <Word extends string>(words: readonly [Word, ...Word[]], text: string | null): Word =>
  words.find((word) => word === text) ?? words[0]

/** The search of the list, kept in the address so that going back finds it again. */
function useQueryOfAddress() {
  const [params, setParams] = useSearchParams()
  const query: CustomerQuery & { filter: (typeof filters)[number]; sort: (typeof sorts)[number] } = {
    search: params.get('search') ?? '',
    sort: oneOf(sorts, params.get('sort')),
    filter: oneOf(filters, params.get('filter')),
    segment: params.get('segment') ?? '',
    limit: PAGE_ROWS,
  }
  const change = (next: Readonly<Partial<Record<'search' | 'sort' | 'filter' | 'segment', string>>>) =>
    setParams(
      (was) => {
        const now = new URLSearchParams(was)
        for (const [name, value] of Object.entries(next)) {
          if (value === '' || value === 'all') now.delete(name)
          else now.set(name, value)
        }
        return now
      },
      { replace: true },
    )
  return { query, change }
}

/** Customers: search, order, filter, segment; read from the server page by page. */
export function CustomersPage({ currency }: Readonly<{ currency: string }>) {
  const { w } = useSpeech()
  const { query, change } = useQueryOfAddress()
  const [, navigate] = useLocation()
  useKeys(rowKeys)
  const pages = useInfiniteQuery({
    queryKey: ['customers', query],
    queryFn: ({ pageParam, signal }: { pageParam: string | undefined; signal: AbortSignal }) =>
      api.customers(query, pageParam, signal),
    initialPageParam: undefined,
    getNextPageParam: (last: CustomerList) => last.cursor ?? undefined,
    placeholderData: (old) => old,
  })
  const rows = pages.data?.pages.flatMap((page) => page.customers) ?? []
  const segments = pages.data?.pages[0]?.segments ?? []
  return (
    <>
      <PageHead title={w.list.title}>
        <span className="quiet">{pages.isSuccess ? w.list.shown(rows.length, pages.hasNextPage) : ''}</span>
      </PageHead>
      <div className="body">
        <div className="tools">
          <Search value={query.search} onChange={(search) => change({ search })} />
          <Segmented
            legend={w.list.filterLabel}
            value={query.filter}
            onChange={(filter) => change({ filter })}
            options={filters.map((value) => ({ value, label: w.list.filters[value] }))}
          />
          <label>
            <span className="quiet xs">{w.list.sortLabel}</span>
            <select
              className="plain-select"
              value={query.sort}
              onChange={(event) => change({ sort: event.target.value })}
            >
              {sorts.map((sort) => (
                <option key={sort} value={sort}>
                  {w.list.sorts[sort]}
                </option>
              ))}
            </select>
          </label>
          {segments.length === 0 ? null : (
            <label>
              <span className="quiet xs">{w.list.segmentLabel}</span>
              <select
                className="plain-select"
                value={query.segment}
                onChange={(event) => change({ segment: event.target.value })}
              >
                <option value="">{w.list.allSegments}</option>
                {segments.map((segment) => (
                  <option key={segment}>{segment}</option>
                ))}
              </select>
            </label>
          )}
        </div>
        {pages.isError ? <Refusal error={pages.error} again={() => void pages.refetch()} /> : null}
        {pages.isPending && !pages.isError ? <Waiting /> : null}
        {pages.isSuccess && rows.length === 0 ? (
          <Empty title={w.list.none} text={w.list.noneText}>
            <button type="button" className="btn" onClick={() => navigate('/customers')}>
              {w.list.clear}
            </button>
          </Empty>
        ) : null}
        {rows.length === 0 ? null : (
          <div className={pages.isPlaceholderData ? 'stale' : undefined}>
            <CustomerTable rows={rows} currency={currency} sort={query.sort} />
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

type SearchProps = Readonly<{ value: string; onChange: (search: string) => void }>

/** The words typed reach the address a moment after the last key, so that each letter is not a search. */
function Search({ value, onChange }: SearchProps) {
  const { w } = useSpeech()
  const [typed, setTyped] = useState(value)
  const latest = useRef(onChange)
  latest.current = onChange
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed === value) return
    const timer = setTimeout(() => latest.current(typed), TYPING_MS)
    return () => clearTimeout(timer)
  }, [typed, value])
  return (
    <input
      type="search"
      className="plain-input search"
      aria-label={w.list.searchLabel}
      placeholder={w.list.search}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
    />
  )
}
