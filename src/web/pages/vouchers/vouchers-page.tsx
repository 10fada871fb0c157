import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'wouter'
import { api, Refused } from '../../api.ts'
import { at } from '../../dates.ts'
import { useKeys } from '../../keyboard.ts'
import { useMay } from '../../may.ts'
import { PageHead } from '../../parts/page.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { Empty, Refusal, Waiting } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { Backtest } from './backtest.tsx'
import { Cohorts } from './cohorts.tsx'
import { Lead } from './lead.tsx'
import { Redemptions } from './redemptions.tsx'
import { Reminders } from './reminders.tsx'
import { Returned } from './returned.tsx'
import { RollForward } from './roll-forward.tsx'
import { VoucherList } from './voucher-list.tsx'

/** Vouchers for somebody who must sign: what is owed, whether earlier forecasts were right, what to expect; and each voucher. */
export function VouchersPage({ currency }: Readonly<{ currency: string }>) {
  const speech = useSpeech()
  const { w } = speech
  const may = useMay()
  const [params, setParams] = useSearchParams()
  const view = params.get('view') === 'list' ? 'list' : 'liability'
  const show = (next: string) => setParams(next === 'list' ? { view: 'list' } : {}, { replace: true })
  useKeys({ 1: () => show('liability'), 2: () => show('list') })
  return (
    <>
      <PageHead title={w.vouchers.title}>
        <Segmented
          legend={w.vouchers.view}
          value={view}
          options={[
            { value: 'liability', label: w.vouchers.liability },
            { value: 'list', label: w.vouchers.list },
          ]}
          onChange={show}
        />
        <span className="grow" />
        {may('vouchers.export') ? (
          <>
            <a className="btn" href="/v1/voucher-roll-forward.csv" download>
              {w.vouchers.exportRoll}
            </a>
            <a className="btn" href="/v1/voucher-ledger.csv" download>
              {w.vouchers.exportLedger}
            </a>
          </>
        ) : null}
      </PageHead>
      <div className="body vouchers">
        {view === 'list' ? <VoucherList currency={currency} /> : <LiabilityView />}
        <Reminders />
      </div>
    </>
  )
}

const isMissing = (error: unknown) => error instanceof Refused && error.problem.code === 'forecast-missing'

function LiabilityView() {
  const speech = useSpeech()
  const { w } = speech
  const liability = useQuery({ queryKey: ['liability'], queryFn: api.liability, retry: false })
  const ledger = useQuery({ queryKey: ['voucher-roll'], queryFn: api.voucherRoll })
  if (liability.isError && !isMissing(liability.error))
    return <Refusal error={liability.error} again={() => void liability.refetch()} />
  if (ledger.isError) return <Refusal error={ledger.error} again={() => void ledger.refetch()} />
  if (liability.isPending || ledger.data === undefined) return <Waiting />
  const owed = liability.data
  if (owed === undefined || owed.vouchers === 0) {
    if (ledger.data.months.length === 0) return <Empty title={w.vouchers.none} text={w.vouchers.noneText} />
    return (
      <>
        <p className="md">{w.vouchers.noForecast}</p>
        <RollForward roll={undefined} ledger={ledger.data.months} currency={ledger.data.months[0]?.currency ?? ''} />
        <Returned ledger={ledger.data.months} currency={ledger.data.months[0]?.currency ?? ''} />
      </>
    )
  }
  return (
    <>
      <p className="quiet xs">{w.vouchers.to(speech.dayTime(at(owed.asOf)), owed.openCount)}</p>
      <Lead of={owed} />
      <div className="sign">
        <RollForward roll={owed.roll} ledger={ledger.data.months} currency={owed.currency} />
        <Backtest of={owed} />
        <Redemptions of={owed} />
        <Cohorts of={owed} />
        <Returned ledger={ledger.data.months} currency={owed.currency} />
      </div>
    </>
  )
}
