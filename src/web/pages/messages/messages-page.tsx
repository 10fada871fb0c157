import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearchParams } from 'wouter'
import type { MessageList } from '../../../contract/outbox.ts'
import { messageStates } from '../../../core/contact/outbox.ts'
import { api } from '../../api.ts'
import { rowKeys, useKeys } from '../../keyboard.ts'
import { PageHead } from '../../parts/page.tsx'
import { StateFilter } from '../../parts/state-filter.tsx'
import { Empty, Refusal, Waiting } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { MessageLine } from './message-line.tsx'

const LOOK_MS = 5_000

/** The outbox: every message to a customer as it is sent, what became of it, and what can be done about it. */
export function MessagesPage() {
  const speech = useSpeech()
  const { w } = speech
  const [params] = useSearchParams()
  useKeys(rowKeys)
  const state = messageStates.find((one) => one === params.get('state')) ?? ''
  const pages = useInfiniteQuery({
    queryKey: ['messages', state],
    queryFn: ({ pageParam }: { pageParam: string | undefined }) => api.messages(state, pageParam),
    initialPageParam: undefined,
    getNextPageParam: (last: MessageList) => last.cursor ?? undefined,
    placeholderData: (old) => old,
    refetchInterval: LOOK_MS,
  })
  const first = pages.data?.pages[0]
  const rows = pages.data?.pages.flatMap(({ messages }) => messages) ?? []
  const label = (one: (typeof messageStates)[number]) => {
    const count = first?.counts[one]
    return count === undefined ? w.outbox.states[one] : `${w.outbox.states[one]} (${speech.count(count)})`
  }
  return (
    <>
      <PageHead title={w.outbox.title}>
        <span className="quiet">{pages.isSuccess && rows.length > 0 ? w.outbox.shown(rows.length) : ''}</span>
      </PageHead>
      <div className="body">
        {first?.sending === false ? <p className="md">{w.outbox.off}</p> : null}
        <StateFilter
          label={w.outbox.filter}
          value={state}
          options={[['', w.outbox.all], ...messageStates.map((one) => [one, label(one)] as const)]}
        />
        {pages.isError ? <Refusal error={pages.error} again={() => void pages.refetch()} /> : null}
        {pages.isPending && !pages.isError ? <Waiting /> : null}
        {pages.isSuccess && rows.length === 0 ? <Empty title={w.outbox.none} text={w.outbox.noneText} /> : null}
        <div className={pages.isPlaceholderData ? 'stale outbox' : 'outbox'}>
          {rows.map((message) => (
            <MessageLine key={message.id} of={message} canSend={first?.sending === true} />
          ))}
        </div>
        {pages.hasNextPage ? (
          <button type="button" className="btn below" onClick={() => void pages.fetchNextPage()}>
            {pages.isFetchingNextPage ? w.state.waiting : w.more}
          </button>
        ) : null}
      </div>
    </>
  )
}
