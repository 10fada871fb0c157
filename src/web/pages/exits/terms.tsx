import { useQuery } from '@tanstack/react-query'
import type { TermsForecast } from '../../../contract/exit-wave.ts'
import { exitsApi } from '../../api-exits.ts'
import { at } from '../../dates.ts'
import { range } from '../../numbers.ts'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { type Speech, useSpeech } from '../../words.ts'

type Expected = NonNullable<TermsForecast['leaving']>

/** What fixed terms hold back, month by month; nothing where nobody has one. */
export function Terms() {
  const speech = useSpeech()
  const { data } = useQuery({ queryKey: ['terms'], queryFn: exitsApi.terms })
  if (data === undefined || data.asOf === null || data.leaving === null || data.ifFree === null || data.bound === 0)
    return null
  const t = speech.w.exits.terms
  const numbers = [t.ending, t.leaving, t.stillBound].map((name) => ({ name, kind: 'num' as const }))
  return (
    <section aria-labelledby="terms-title" className="band">
      <div className="section-head">
        <h2 id="terms-title">{t.title}</h2>
        <span className="quiet xs">{t.note(speech.day(at(data.asOf)))}</span>
      </div>
      <p className="lead">
        <b>{t.bound(Math.round(data.bound))}</b> {t.free(counted(data.leaving, speech), counted(data.ifFree, speech))}
      </p>
      <Scroll label={`${t.title}, ${speech.w.table}`}>
        <table>
          <Heads heads={[t.month, ...numbers]} />
          <tbody>
            {data.months.map((month) => (
              <tr key={month.from}>
                <th scope="row" className="nowrap">
                  {t.until(speech.day(at(month.to)))}
                </th>
                <td className="num">{speech.count(Math.round(month.ending))}</td>
                <Cell of={month.leaving} isNone={month.ending === 0} speech={speech} />
                <Cell of={month.stillBound} isNone={month.ending === 0} speech={speech} />
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {data.looked < data.customers ? (
        <p className="quiet xs">{t.sample(speech.count(data.looked), speech.count(data.customers))}</p>
      ) : null}
    </section>
  )
}

function Cell({ of, isNone, speech }: Readonly<{ of: Expected; isNone: boolean; speech: Speech }>) {
  return (
    <td className="num">
      {isNone ? null : (
        <>
          {mean(of, speech)} <span className="interval">{ends(of, speech)}</span>
        </>
      )}
    </td>
  )
}

/** Below this an expected count is told to a tenth. */
const FEW = 10
const decimalsOf = ({ value }: Expected): number => (value < FEW ? 1 : 0)
const mean = (of: Expected, speech: Speech): string => speech.decimal(of.value, decimalsOf(of))
const ends = (of: Expected, speech: Speech): string =>
  range(speech.decimal(of.low, decimalsOf(of)), speech.decimal(of.high, decimalsOf(of)), speech.w.to)
const counted = (of: Expected, speech: Speech): string => `${mean(of, speech)} (${ends(of, speech)})`
