import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { VoucherPage as Page } from '../../../contract/vouchers.ts'
import { api } from '../../api.ts'
import { at } from '../../dates.ts'
import { Heads } from '../../parts/heads.tsx'
import { PageHead } from '../../parts/page.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { Loaded } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { MoveVoucher } from './move-voucher.tsx'

/** One voucher: what is left and until when, what can be done, and everything that moved it. */
export function VoucherPage({ id }: Readonly<{ id: string }>) {
  const { w } = useSpeech()
  const voucher = useQuery({ queryKey: ['voucher', id], queryFn: () => api.voucher(id) })
  const end = voucher.data?.voucher.codeEnd ?? ''
  return (
    <>
      <PageHead
        title={voucher.data === undefined ? w.vouchers.title : w.vouchers.voucher(end)}
        before={
          <Link className="q" href="/vouchers?view=list">
            {w.vouchers.title}
          </Link>
        }
      />
      <div className="body vouchers">
        <Loaded query={voucher}>{(page) => <Whole of={page} />}</Loaded>
      </div>
    </>
  )
}

function Whole({ of: { voucher, movements } }: Readonly<{ of: Page }>) {
  const speech = useSpeech()
  const { w } = speech
  const { currency } = voucher
  const held = voucher.left - voucher.free
  const facts: readonly (readonly [string, string])[] = [
    [w.vouchers.left, speech.money(voucher.left, currency)],
    [w.vouchers.value, speech.money(voucher.value, currency)],
    [w.vouchers.state, w.vouchers.states[voucher.state]],
    [w.vouchers.origin, w.vouchers.origins[voucher.origin]],
    [w.vouchers.issuedOn, speech.day(at(voucher.issuedAt))],
    [w.vouchers.lasts, voucher.expiresAt === null ? w.vouchers.forever : speech.day(at(voucher.expiresAt))],
  ]
  return (
    <>
      <dl className="coverage">
        <div>
          <dt>{w.vouchers.customer}</dt>
          <dd>
            <Link className="q" href={`/customers/${encodeURIComponent(voucher.customer)}`}>
              {voucher.customer}
            </Link>
          </dd>
        </div>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {held > 0 ? <p>{w.vouchers.reserved(speech.money(held, currency))}</p> : null}
      <MoveVoucher voucher={voucher} />
      <section aria-label={w.vouchers.movements}>
        <div className="section-head">
          <h2>{w.vouchers.movements}</h2>
        </div>
        <Scroll label={`${w.vouchers.movements}, ${w.table}`}>
          <table>
            <Heads
              heads={[
                w.vouchers.when,
                w.vouchers.kind,
                { name: w.vouchers.value, kind: 'num' },
                w.vouchers.debit,
                w.vouchers.credit,
                w.vouchers.by,
                w.vouchers.reference,
              ]}
            />
            <tbody>
              {movements.map((one, nth) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: one movement may have several lines, and none ever moves.
                <tr key={`${one.movement} ${nth}`}>
                  <td className="nowrap soft">{speech.dayTime(at(one.at))}</td>
                  <td>
                    {w.vouchers.kinds[one.kind]}
                    {one.undoes === null ? null : <span className="soft">, {w.vouchers.undone}</span>}
                  </td>
                  <td className="num">{speech.money(one.value, currency)}</td>
                  <td>{w.vouchers.accounts[one.debit]}</td>
                  <td>{w.vouchers.accounts[one.credit]}</td>
                  <td className="mono anywhere">{one.by.split('-')[0]}</td>
                  <td className="anywhere">{one.reference ?? ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </section>
    </>
  )
}
