import { Link } from 'wouter'
import type { CustomerRow } from '../../../contract/show.ts'
import { at } from '../../dates.ts'
import { Heads } from '../../parts/heads.tsx'
import { IntervalBar } from '../../parts/interval-bar.tsx'
import { type Speech, useSpeech } from '../../words.ts'

type Props = Readonly<{ rows: readonly CustomerRow[]; currency: string; sort: string }>

const BAR = 96

/** One row for each customer; the name is a link, columns drop from the right as it narrows. */
export function CustomerTable({ rows, currency, sort }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const sorted = (name: string) =>
    sort === name ? (name === 'chance' ? 'ascending' : name === 'name' ? 'ascending' : 'descending') : undefined
  return (
    <>
      {sort === 'at-stake' ? <p className="xs quiet note">{w.list.atStakeNote}</p> : null}
      <table className="list">
        <Heads
          heads={[
            { name: w.list.customer, sort: sorted('name') },
            { name: w.list.atStake, kind: 'num', sort: sorted('at-stake') },
            { name: w.list.stay, kind: 'num', sort: sorted('chance') },
            { name: w.customer.band80, kind: 'bar', heard: true },
            { name: w.list.goodwill, kind: 'num' },
            w.list.open,
            { name: w.list.latest, kind: 'drop-1', sort: sorted('recent') },
            { name: w.list.segment, kind: 'drop-2' },
            { name: w.list.eventCount, kind: 'num drop-3' },
            { name: w.list.since, kind: 'drop-3' },
          ]}
        />
        <tbody>
          {rows.map((row) => (
            <Row key={row.customer} row={row} currency={currency} speech={speech} />
          ))}
        </tbody>
      </table>
    </>
  )
}

function Row({ row, currency, speech }: Readonly<{ row: CustomerRow; currency: string; speech: Speech }>) {
  const { w } = speech
  const stay = row.left ? null : row.stay
  const chance = stay === null ? '' : speech.percent(stay.value)
  const interval = stay === null ? '' : speech.percentInterval(stay)
  return (
    <tr>
      <th scope="row" className="name">
        <Link className="q" data-row href={`/customers/${encodeURIComponent(row.customer)}`}>
          {row.name ?? w.customer.unnamed(row.customer)}
        </Link>
        {row.name === null ? null : <span className="quiet key">{row.customer}</span>}
      </th>
      <td className="num at-stake strong">
        {row.left ? (
          <span className="quiet">{w.list.left}</span>
        ) : row.atStake === null ? (
          <span className="quiet">{w.privacy.notProfiled}</span>
        ) : (
          speech.money(row.atStake, currency)
        )}
      </td>
      <td className="num stay">
        {stay === null ? null : (
          <>
            {chance} <span className="interval">{interval}</span>
          </>
        )}
      </td>
      <td className="bar">
        {stay === null ? null : (
          <IntervalBar
            width={BAR}
            value={stay.value}
            low={stay.low}
            high={stay.high}
            domain={[0, 1]}
            label={`${chance}, ${interval}`}
          />
        )}
      </td>
      <td className="num goodwill">{row.goodwill === null ? null : speech.signed(row.goodwill)}</td>
      <td className="open">
        {row.doubleDeviation ? (
          <span className="tag wash">{w.list.twice}</span>
        ) : row.openFailures > 0 ? (
          w.list.openFailures(row.openFailures)
        ) : (
          <span className="quiet">{w.list.nothingOpen}</span>
        )}
      </td>
      <td className="nowrap drop-1 soft">{speech.day(at(row.lastAt))}</td>
      <td className="drop-2 soft">{row.segment}</td>
      <td className="num drop-3 soft">{speech.count(row.eventCount)}</td>
      <td className="nowrap drop-3 soft">{row.since === null ? w.notKnown : speech.day(at(row.since))}</td>
    </tr>
  )
}
