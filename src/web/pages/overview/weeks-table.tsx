import type { Overview } from '../../../contract/overview.ts'
import { at } from '../../dates.ts'
import { Heads } from '../../parts/heads.tsx'
import { useSpeech } from '../../words.ts'

type Column = Readonly<{ name: string; write: (week: number) => string }>

/** The weeks of the overview, oldest first, with a column for each series; `write` tells a week by its place. */
export function WeeksTable({ data, columns }: Readonly<{ data: Overview; columns: readonly Column[] }>) {
  const speech = useSpeech()
  return (
    <table>
      <Heads heads={[speech.w.overview.week, ...columns.map(({ name }) => ({ name, kind: 'num' }))]} />
      <tbody>
        {data.weekStarts.map((start, index) => (
          <tr key={start}>
            <th scope="row" className="nowrap">
              {speech.day(at(start))}
            </th>
            {columns.map(({ name, write }) => (
              <td key={name} className="num">
                {write(index)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
