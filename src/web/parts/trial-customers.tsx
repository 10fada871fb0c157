import { Link } from 'wouter'
import { at } from '../dates.ts'
import { useSpeech } from '../words.ts'
import { Heads } from './heads.tsx'
import { Scroll } from './scroll.tsx'

type Props = Readonly<{
  title: string
  /** How many are shown, where that is not all of them. */
  shown: string | null
  /** Of the customer, the time, and the cells. */
  heads: readonly string[]
  lines: readonly Readonly<{ of: string; customer: string; at: string; cells: readonly string[] }>[]
}>

/** Customers of whom a trial of rules tells, with the time and what the rules would have done. `of` tells lines apart. */
export function TrialCustomers({ title, shown, heads, lines }: Props) {
  const speech = useSpeech()
  return (
    <>
      <h3>
        {title}
        {shown === null ? null : <span className="quiet">, {shown}</span>}
      </h3>
      <Scroll label={title} className="scroll differing">
        <table>
          <Heads heads={heads} />
          <tbody>
            {lines.map((line) => (
              <tr key={`${line.customer} ${line.of} ${line.at}`}>
                <td>
                  <Link className="q mono" data-row href={`/customers/${encodeURIComponent(line.customer)}`}>
                    {line.customer}
                  </Link>
                </td>
                <td className="nowrap">{speech.dayTime(at(line.at))}</td>
                {line.cells.map((cell, place) => (
                  <td key={heads[place + 2]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  )
}
