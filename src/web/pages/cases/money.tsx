import type { CasePage } from '../../../contract/cases.ts'
import { useMay } from '../../may.ts'
import { useSpeech } from '../../words.ts'
import { Similar } from './similar.tsx'
import { Sum, WorthTable } from './worth-table.tsx'

type Props = Readonly<{ page: CasePage; take: (amountMinor: number) => void }>

/** The right column: the proposed remedy with its arithmetic, what others received, and what the reader may give. */
export function Money({ page, take }: Props) {
  const { w } = useSpeech()
  return (
    <aside className="case-money" aria-label={w.cases.remedy}>
      <h2>{w.cases.remedy}</h2>
      {page.remedy === null ? null : <p className="strong anywhere">{w.cases.agreed(page.remedy.what)}</p>}
      {page.proposal === null ? (
        <p className="soft">{w.cases.remedyNone}</p>
      ) : (
        <Proposal
          of={page.proposal}
          currency={page.firmCurrency}
          take={page.isOpen && page.remedy === null ? take : undefined}
        />
      )}
      <Similar page={page} />
      {page.authority === null ? null : <Authority of={page.authority} currency={page.firmCurrency} />}
    </aside>
  )
}

type ProposalProps = Readonly<{
  of: NonNullable<CasePage['proposal']>
  currency: string
  take: ((amountMinor: number) => void) | undefined
}>

function Proposal({ of, currency, take }: ProposalProps) {
  const speech = useSpeech()
  const { w } = speech
  const may = useMay()
  const money = (minor: number) => speech.money(minor, currency)
  const chosen = of.options.find(({ amountMinor }) => amountMinor === of.amountMinor) ?? of.options[0]
  const channels: Readonly<Record<string, string>> = w.cases.channels
  return (
    <>
      <p>
        <b className="big">{money(of.amountMinor)}</b>{' '}
        <span className="interval">{w.cases.range(money(of.range.lowMinor), money(of.range.highMinor))}</span>
      </p>
      <p className="soft">
        {w.cases.channel(channels[of.channel] ?? of.channel)}, {w.cases.urgency[of.urgency]}.
      </p>
      {take === undefined || of.amountMinor === 0 || !may('cases.work') ? null : (
        <button type="button" className="btn" onClick={() => take(of.amountMinor)}>
          {w.cases.take2(money(of.amountMinor))}
        </button>
      )}
      {chosen === undefined ? null : <WorthTable of={chosen} currency={currency} words={w.cases.whyAmount} />}
    </>
  )
}

function Authority({ of, currency }: Readonly<{ of: NonNullable<CasePage['authority']>; currency: string }>) {
  const speech = useSpeech()
  const { w } = speech
  const line = (spent: number, limit: number) =>
    w.cases.ofLimit(speech.money(spent, currency), speech.money(limit, currency))
  return (
    <section>
      <h3>{w.cases.mayGive}</h3>
      {of.limits === null ? (
        <p className="soft">{w.cases.mayGiveNone}</p>
      ) : (
        <table className="sum">
          <tbody>
            <Sum name={w.cases.mayGiveLines.case} value={line(of.spent.caseMinor, of.limits.caseMinor)} />
            <Sum name={w.cases.mayGiveLines.day} value={line(of.spent.dayMinor, of.limits.dayMinor)} />
            <Sum name={w.cases.mayGiveLines.month} value={line(of.spent.monthMinor, of.limits.monthMinor)} />
            {of.teamMonthMinor === null ? null : (
              <Sum name={w.cases.mayGiveLines.team} value={line(of.spent.teamMonthMinor, of.teamMonthMinor)} />
            )}
          </tbody>
        </table>
      )}
    </section>
  )
}
