import { Link } from 'wouter'
import { at } from '../dates.ts'
import { useSpeech } from '../words.ts'
import { Heads } from './heads.tsx'
import { Scroll } from './scroll.tsx'

type TableProps = Readonly<{
  title: string
  /** Of the customer, the time, and the cells. */
  heads: readonly string[]
  lines: readonly Readonly<{ of: string; customer: string; at: string; cells: readonly string[] }>[]
}>
type Props = TableProps &
  Readonly<{
    /** How many are shown, where that is not all of them. */
    shown: string | null
  }>

/** Customers of whom a trial of rules tells, with the time and what the rules would have done. `of` tells lines apart. */
export function TrialCustomers({ shown, ...table }: Props) {
  return (
    <>
      <h3>
        {table.title}
        {shown === null ? null : <span className="quiet">, {shown}</span>}
      </h3>
      <TrialTable {...table} />
    </>
  )
}

/** The same without a heading, where the place has one. */
export function TrialTable({ title, heads, lines }: TableProps) {
  const speech = useSpeech()
  return (
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
  )
}
