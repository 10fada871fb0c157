import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { GestureList } from '../../../contract/gestures.ts'
import { gesturesApi } from '../../api-gestures.ts'
import { at } from '../../dates.ts'
import { momentName } from '../../gesture-words.ts'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { Refusal, Waiting } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

const PAGE = 20

/** What was given, newest first: to whom, for what, at which cost, by whom. */
export function Given() {
  const { w } = useSpeech()
  const g = w.gestures
  const pages = useInfiniteQuery({
    queryKey: ['gestures', 'given'],
    queryFn: ({ pageParam }: { pageParam: string | undefined }) =>
      gesturesApi.list({ state: 'made', limit: PAGE }, pageParam),
    initialPageParam: undefined,
    getNextPageParam: (last: GestureList) => last.cursor ?? undefined,
    placeholderData: (old) => old,
  })
  const rows = pages.data?.pages.flatMap(({ gestures }) => gestures) ?? []
  return (
    <section aria-labelledby="given-title" className="band">
      <h2 id="given-title">{g.given}</h2>
      {pages.isError ? <Refusal error={pages.error} again={() => void pages.refetch()} /> : null}
      {pages.isPending && !pages.isError ? <Waiting /> : null}
      {pages.isSuccess && rows.length === 0 ? <p className="soft">{g.givenNone}</p> : null}
      {rows.length === 0 ? null : (
        <Scroll label={`${g.given}, ${w.table}`}>
          <table>
            <Heads heads={[g.when, g.customer, g.gesture, g.moment, { name: g.cost, kind: 'num' }, g.by]} />
            <tbody>
              {rows.map((one) => (
                <Row key={one.id} of={one} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {pages.hasNextPage ? (
        <button type="button" className="btn below" onClick={() => void pages.fetchNextPage()}>
          {pages.isFetchingNextPage ? w.state.waiting : g.more}
        </button>
      ) : null}
    </section>
  )
}

function Row({ of }: Readonly<{ of: GestureList['gestures'][number] }>) {
  const speech = useSpeech()
  const g = speech.w.gestures
  return (
    <tr>
      <td className="nowrap">{speech.day(at(of.doneAt ?? of.at))}</td>
      <td>
        <Link className="q" href={`/customers/${encodeURIComponent(of.customer)}`}>
          {of.name ?? of.customer}
        </Link>
      </td>
      <td>
        {of.voucher === null ? (
          g.kinds[of.gesture]
        ) : (
          <Link className="q" href={`/vouchers/${of.voucher}`}>
            {g.kinds[of.gesture]}
          </Link>
        )}
      </td>
      <td>
        {momentName(speech, of.rule)}
        {of.reason === null ? null : <span className="soft"> {of.reason}</span>}
      </td>
      <td className="num">{of.currency === null ? '' : speech.money(of.costMinor, of.currency)}</td>
      <td>{of.by === null ? g.byRule : (of.by.name ?? of.by.id)}</td>
    </tr>
  )
}
