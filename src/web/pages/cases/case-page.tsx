import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { CasePage as Page } from '../../../contract/cases.ts'
import type { Session } from '../../../contract/show.ts'
import { api } from '../../api.ts'
import { categoryName, severityName } from '../../category.ts'
import { useMay } from '../../may.ts'
import { PageHead } from '../../parts/page.tsx'
import { Loaded } from '../../parts/states.tsx'
import { usePreferences } from '../../preferences.ts'
import { useSpeech } from '../../words.ts'
import { Approvals } from './approval.tsx'
import { useCaseChanges } from './case-changes.ts'
import { Composer } from './composer.tsx'
import { Desk } from './desk.tsx'
import { Legal } from './legal.tsx'
import { Money } from './money.tsx'
import { Note } from './note.tsx'
import { Protocol } from './protocol.tsx'
import { Story } from './story.tsx'
import { Told } from './told.tsx'

const CLOCKS_MS = 30_000

/** One case on one page: what happened, what is owed and until when, and what may be given. */
export function CasePage({ id, session }: Readonly<{ id: string; session: Session }>) {
  const { w } = useSpeech()
  const { language } = usePreferences()
  const page = useQuery({
    queryKey: ['case', id, language],
    queryFn: () => api.case(id),
    refetchInterval: CLOCKS_MS,
  })
  useCaseChanges()
  const title = page.data === undefined ? id : (page.data.name ?? w.customer.unnamed(page.data.customer))
  return (
    <>
      <PageHead
        title={title}
        before={
          <span className="crumb">
            <Link href="/cases">{w.cases.title}</Link> /
          </span>
        }
      >
        <span className="quiet mono">{id}</span>
        {page.data !== undefined && page.data.failedRounds > 0 ? (
          <span className="tag solid">{w.cases.again}</span>
        ) : null}
      </PageHead>
      {page.data === undefined ? (
        <div className="body">
          <Loaded query={page}>{() => null}</Loaded>
        </div>
      ) : (
        <Workspace page={page.data} me={session} />
      )}
    </>
  )
}

function Workspace({ page, me }: Readonly<{ page: Page; me: Session }>) {
  const { w } = useSpeech()
  const may = useMay()
  const [chosen, choose] = useState<Page['steps'][number]['step'] | null>(null)
  const [amount, setAmount] = useState<number | null>(null)
  const [isHanding, setHanding] = useState(false)
  return (
    <div className="case">
      <section className="case-work" aria-label={w.cases.protocol}>
        <Facts page={page} />
        <Desk page={page} me={me.id} isHanding={isHanding} hand={setHanding} />
        <Approvals page={page} me={me.id} />
        <div className="case-two">
          <Story page={page} />
          <Protocol page={page} chosen={chosen} choose={choose} />
        </div>
        {may('cases.work') ? (
          <Composer
            page={page}
            me={me}
            chosen={chosen}
            choose={choose}
            amount={amount}
            isPrimary={!isHanding && !asksMe(page, me)}
          />
        ) : (
          <p className="soft">{w.cases.readOnly}</p>
        )}
        <Told page={page} />
        <Legal page={page} />
        {may('cases.work') ? <Note page={page} /> : null}
      </section>
      <Money
        page={page}
        take={(minor) => {
          setAmount(minor)
          choose('agree remedy')
        }}
      />
    </div>
  )
}

/** Whether a remedy waits for the answer of the reader: then that is the one thing to do. */
const asksMe = ({ approvals }: Page, { id, permissions }: Session): boolean =>
  permissions.includes('remedies.approve') &&
  approvals.some(({ state, askedBy }) => state === 'asked' && askedBy.id !== id)

function Facts({ page }: Readonly<{ page: Page }>) {
  const speech = useSpeech()
  const { w } = speech
  const currency = page.currency ?? page.firmCurrency
  const facts = [
    categoryName(w, page.category),
    severityName(w, page.severity),
    ...(page.lossMinor === null ? [] : [w.cases.loss(speech.money(page.lossMinor, currency))]),
    `${speech.money(page.stakeMinor, page.firmCurrency)} ${w.cases.atStake}`,
    w.cases.workMinutes(page.workMinutes),
  ]
  return (
    <p className="soft">
      <Link className="q" href={`/customers/${encodeURIComponent(page.customer)}`}>
        {w.customer.unnamed(page.customer)}
      </Link>
      , {facts.join(', ')}. {page.isOpen ? w.cases.stands(w.cases.reasons[page.reason]) : null}
    </p>
  )
}
