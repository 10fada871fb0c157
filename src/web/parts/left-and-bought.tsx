import { type Speech, useSpeech } from '../words.ts'
import { Heads } from './heads.tsx'
import { Scroll } from './scroll.tsx'

type Difference = Readonly<{ value: number; low: number; high: number }> | null

type Props = Readonly<{
  label: string
  /** Of the group, of how many there are, and of those who left and who bought. */
  heads: readonly string[]
  groups: readonly Readonly<{ name: string; counts: readonly number[] }>[]
  left: Difference
  bought: Difference
  words: Readonly<{ difference: string; tooFew: string }>
}>

/** What became of two groups, and in points how far those who left and who bought differ, as far as it can be told. */
export function LeftAndBought({ label, heads, groups, left, bought, words }: Props) {
  const speech = useSpeech()
  const [group = '', ...counted] = heads
  return (
    <Scroll label={`${label}, ${speech.w.table}`}>
      <table>
        <Heads heads={[group, ...counted.map((name) => ({ name, kind: 'num' }))]} />
        <tbody>
          {groups.map(({ name, counts }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {counts.map((count, place) => (
                <td key={counted[place]} className="num">
                  {speech.count(count)}
                </td>
              ))}
            </tr>
          ))}
          {left === null && bought === null ? null : (
            <tr>
              <th scope="row">{words.difference}</th>
              {counted.slice(0, -2).map((name) => (
                <td key={name} />
              ))}
              <td className="num">{points(left, words.tooFew, speech)}</td>
              <td className="num">{points(bought, words.tooFew, speech)}</td>
            </tr>
          )}
        </tbody>
      </table>
    </Scroll>
  )
}

function points(of: Difference, tooFew: string, { signed, w }: Speech): string {
  if (of === null) return tooFew
  return `${signed(of.value * 100, 1)} (95 %: ${signed(of.low * 100, 1)} ${w.to} ${signed(of.high * 100, 1)})`
}
