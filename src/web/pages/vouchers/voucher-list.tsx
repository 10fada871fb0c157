import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'wouter'
import type { VoucherList as Page, VoucherView } from '../../../contract/vouchers.ts'
import { voucherStates } from '../../../core/voucher/voucher.ts'
import { api } from '../../api.ts'
import { at } from '../../dates.ts'
import { rowKeys, useKeys } from '../../keyboard.ts'
import { useMay } from '../../may.ts'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { Empty, Refusal, Waiting } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { IssueVoucher } from './issue-voucher.tsx'

const EXPIRING_DAYS = '30'

/** The vouchers that Amends keeps, found by customer, by the end of the code, or by where they stand. */
export function VoucherList({ currency }: Readonly<{ currency: string }>) {
  const { w } = useSpeech()
  const may = useMay()
  const [params, setParams] = useSearchParams()
  useKeys(rowKeys)
  const customer = params.get('customer') ?? ''
  const end = params.get('end') ?? ''
  const state = params.get('state') ?? ''
  const pages = useInfiniteQuery({
    queryKey: ['vouchers', customer, end, state],
    queryFn: ({ pageParam }: { pageParam: string | undefined }) =>
      api.vouchers(state === 'expiring' ? { customer, end, days: EXPIRING_DAYS } : { customer, end, state }, pageParam),
    initialPageParam: undefined,
    getNextPageParam: (last: Page) => last.cursor ?? undefined,
    placeholderData: (old) => old,
  })
  const rows = pages.data?.pages.flatMap(({ vouchers }) => vouchers) ?? []
  const narrow = (name: string, value: string) =>
    setParams(
      (was) => {
        const next = new URLSearchParams(was)
        if (value === '') next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  return (
    <>
      {may('vouchers.issue') ? <IssueVoucher currency={currency} /> : null}
      <div className="tools">
        <label className="search">
          <span className="quiet xs">{w.vouchers.customer}</span>
          <input
            type="search"
            className="plain-input"
            value={customer}
            onChange={({ target }) => narrow('customer', target.value)}
          />
        </label>
        <label>
          <span className="quiet xs">{w.vouchers.codeEnd}</span>
          <input
            className="plain-input"
            size={6}
            maxLength={4}
            value={end}
            onChange={({ target }) => narrow('end', target.value)}
          />
        </label>
        <label>
          <span className="quiet xs">{w.vouchers.state}</span>
          <select className="plain-select" value={state} onChange={({ target }) => narrow('state', target.value)}>
            <option value="">{w.vouchers.all}</option>
            <option value="expiring">{w.vouchers.expiring}</option>
            {voucherStates.map((one) => (
              <option key={one} value={one}>
                {w.vouchers.states[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      {pages.isError ? <Refusal error={pages.error} again={() => void pages.refetch()} /> : null}
      {pages.isPending && !pages.isError ? <Waiting /> : null}
      {pages.isSuccess && rows.length === 0 ? <Empty title={w.vouchers.noMatch} text={w.vouchers.noMatchText} /> : null}
      {rows.length > 0 ? <Rows rows={rows} /> : null}
      {pages.hasNextPage ? (
        <button type="button" className="btn below" onClick={() => void pages.fetchNextPage()}>
          {pages.isFetchingNextPage ? w.state.waiting : w.more}
        </button>
      ) : null}
    </>
  )
}

function Rows({ rows }: Readonly<{ rows: readonly VoucherView[] }>) {
  const speech = useSpeech()
  const { w } = speech
  return (
    <Scroll label={w.vouchers.list}>
      <table>
        <Heads
          heads={[
            w.vouchers.codeEnd,
            w.vouchers.customer,
            w.vouchers.origin,
            w.vouchers.state,
            { name: w.vouchers.value, kind: 'num' },
            { name: w.vouchers.left, kind: 'num' },
            w.vouchers.issuedOn,
            w.vouchers.lasts,
          ]}
        />
        <tbody>
          {rows.map((one) => (
            <tr key={one.id}>
              <th scope="row" className="mono">
                <Link className="q" data-row href={`/vouchers/${one.id}`}>
                  …{one.codeEnd}
                </Link>
              </th>
              <td className="anywhere">{one.customer}</td>
              <td>{w.vouchers.origins[one.origin]}</td>
              <td>{w.vouchers.states[one.state]}</td>
              <td className="num">{speech.money(one.value, one.currency)}</td>
              <td className="num">{speech.money(one.left, one.currency)}</td>
              <td className="nowrap soft">{speech.day(at(one.issuedAt))}</td>
              <td className="nowrap soft">
                {one.expiresAt === null ? w.vouchers.forever : speech.day(at(one.expiresAt))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
