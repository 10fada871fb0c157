import type { CasePage } from '../../../contract/cases.ts'
import { useSpeech } from '../../words.ts'

type Worth = NonNullable<CasePage['proposal']>['options'][number]

/** What an amount is worth, as a sum that a colleague could check. */
export function WorthTable({ of, currency, words }: Readonly<{ of: Worth; currency: string; words: string }>) {
  const speech = useSpeech()
  const { w } = speech
  const money = (minor: number) => speech.money(minor, currency)
  return (
    <table className="sum">
      <caption>{words}</caption>
      <tbody>
        <Sum name={w.cases.stays} value={`${speech.percent(of.stayLeftAlone)}, ${speech.percent(of.stayPutRight)}`} />
        <Sum name={w.cases.keeps} value={money(of.gainMinor)} />
        <Sum name={w.cases.harm} value={of.harmMinor === 0 ? w.cases.harmUnknown : money(of.harmMinor)} />
        <Sum name={w.cases.cost} value={money(-of.costMinor)} />
      </tbody>
      <tfoot>
        <Sum name={w.cases.expected} value={money(of.expectedMinor)} />
      </tfoot>
    </table>
  )
}

/** A line of a sum. */
export function Sum({ name, value }: Readonly<{ name: string; value: string }>) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="num">{value}</td>
    </tr>
  )
}
