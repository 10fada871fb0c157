import type { CasePage } from '../../../contract/cases.ts'
import { Sized } from '../../parts/chart-frame.tsx'
import { DOT_PLOT_HEIGHT, DotPlot } from '../../parts/dot-plot.tsx'
import { Heads } from '../../parts/heads.tsx'
import { usePreferences } from '../../preferences.ts'
import { useSpeech } from '../../words.ts'

type Props = Readonly<{ page: CasePage }>

/** What similar cases received: each a dot beside the recommended range, or the nearest of them as a table. */
export function Similar({ page }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const { tables } = usePreferences()
  const { comparison, given } = page.similar
  const money = (minor: number) => speech.money(minor, page.currency ?? page.firmCurrency)
  const asked = page.approvals.find(({ state }) => state === 'asked')
  const verdict = asked?.weighed?.comparison ?? comparison
  return (
    <section>
      <h3>{w.cases.similar}</h3>
      {given.length === 0 ? null : tables ? (
        <Nearest page={page} money={money} />
      ) : (
        <Dots page={page} money={money} mark={asked?.remedy.valueMinor ?? amountOf(page)} />
      )}
      <p className="soft">
        {verdict.kind === 'too few'
          ? w.cases.tooFew(verdict.count, verdict.needed)
          : `${w.cases.compared(money(verdict.lowMinor), money(verdict.highMinor))} ${w.cases.verdicts[verdict.verdict]}`}{' '}
        {given.length === 0 ? null : w.approvals.median(money(medianOf(given)))}
      </p>
      {given.length === 0 || tables ? null : (
        <details>
          <summary className="xs">{w.table}</summary>
          <Nearest page={page} money={money} />
        </details>
      )}
    </section>
  )
}

const amountOf = ({ remedy, proposal }: CasePage): number | null => remedy?.valueMinor ?? proposal?.amountMinor ?? null

function medianOf(given: readonly number[]): number {
  const sorted = given.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return Math.round(((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2)
}

type DotsProps = Props & Readonly<{ money: (minor: number) => string; mark: number | null }>

function Dots({ page, money, mark }: DotsProps) {
  const { w } = useSpeech()
  const { given } = page.similar
  const range = page.proposal?.range ?? null
  const rangeWords =
    range === null
      ? ''
      : range.lowMinor === range.highMinor
        ? w.approvals.recommendedOne(money(range.lowMinor))
        : w.approvals.recommended(money(range.lowMinor), money(range.highMinor))
  return (
    <Sized height={DOT_PLOT_HEIGHT}>
      {(width) => (
        <DotPlot
          width={width}
          values={given}
          range={range === null ? null : { low: range.lowMinor, high: range.highMinor }}
          rangeWords={rangeWords}
          mark={mark}
          write={money}
          label={`${w.approvals.similarDots(given.length, money(Math.min(...given)), money(Math.max(...given)))}. ${rangeWords}`}
        />
      )}
    </Sized>
  )
}

function Nearest({ page, money }: Props & Readonly<{ money: (minor: number) => string }>) {
  const { w } = useSpeech()
  return (
    <table className="sum">
      <Heads
        heads={[
          { name: w.approvals.loss, kind: 'num' },
          { name: w.approvals.received, kind: 'num' },
        ]}
      />
      <tbody>
        {page.similar.cases.map((one) => (
          <tr key={one.id}>
            <td className="num">{one.lossMinor === null ? w.notKnown : money(one.lossMinor)}</td>
            <td className="num">{money(one.givenMinor)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
