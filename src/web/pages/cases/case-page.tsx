import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Link, useSearch } from 'wouter'
import type { CasePage as Page } from '../../../contract/cases.ts'
import type { Session } from '../../../contract/show.ts'
import { api } from '../../api.ts'
import { categoryName, severityName } from '../../category.ts'
import { at } from '../../dates.ts'
import { useMay } from '../../may.ts'
import { PageHead } from '../../parts/page.tsx'
import { Loaded } from '../../parts/states.tsx'
import { usePreferences } from '../../preferences.ts'
import type { Words } from '../../words/en.ts'
import { useSpeech } from '../../words.ts'
import { Approvals } from './approval.tsx'
import { useCaseChanges } from './case-changes.ts'
import { Composer } from './composer.tsx'
import { Desk } from './desk.tsx'
import { Legal } from './legal.tsx'
import { Money } from './money.tsx'
import { Note } from './note.tsx'
import { Protocol } from './protocol.tsx'
import { noteLeft } from './queue-lines.ts'
import { Story } from './story.tsx'
import { Told } from './told.tsx'

const CLOCKS_MS = 30_000

const useCase = (id: string) => {
  const { language } = usePreferences()
  return useQuery({ queryKey: ['case', id, language], queryFn: () => api.case(id), refetchInterval: CLOCKS_MS })
}

type Props = Readonly<{ id: string; session: Session }>

/** One case on one page: what happened, what is owed and until when, and what may be given. */
export function CasePage({ id, session }: Props) {
  const { w } = useSpeech()
  const search = useSearch()
  const page = useCase(id)
  useCaseChanges()
  useEffect(() => () => noteLeft(id), [id])
  return (
    <>
      <PageHead
        title={titleOf(id, page.data, w)}
        before={
          <span className="crumb">
            <Link href={search === '' ? '/cases' : `/cases?${search}`}>{w.cases.title}</Link> /
          </span>
        }
      >
        <Name id={id} page={page.data} />
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

type PaneProps = Props &
  Readonly<{
    /** Changes when somebody goes into the case. */
    entered: object | null
    close: () => void
  }>

/** The same beside the queue: the work, and the money. */
export function CasePane({ id, session, entered, close }: PaneProps) {
  const { w } = useSpeech()
  const page = useCase(id)
  const heading = useRef<HTMLHeadingElement>(null)
  const isRead = page.data !== undefined
  useEffect(() => {
    window.scrollTo(0, 0)
  }, [])
  useEffect(() => {
    if (entered !== null && isRead) heading.current?.focus()
  }, [entered, isRead])
  return (
    <section className="pane" aria-labelledby="pane-title">
      <header className="pane-head">
        <h2 id="pane-title" ref={heading} tabIndex={-1}>
          {titleOf(id, page.data, w)}
        </h2>
        <Name id={id} page={page.data} />
        <span className="grow" />
        <button type="button" className="btn" onClick={close}>
          {w.close} <kbd>Esc</kbd>
        </button>
      </header>
      {page.data === undefined ? (
        <Loaded query={page}>{() => null}</Loaded>
      ) : (
        <Workspace page={page.data} me={session} />
      )}
    </section>
  )
}

const titleOf = (id: string, page: Page | undefined, w: Words): string =>
  page === undefined ? id : (page.name ?? w.customer.unnamed(page.customer))

function Name({ id, page }: Readonly<{ id: string; page: Page | undefined }>) {
  const { w } = useSpeech()
  return (
    <>
      <span className="quiet mono">{id}</span>
      {page !== undefined && page.failedRounds > 0 ? <span className="tag solid">{w.cases.again}</span> : null}
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
        <WordsGone page={page} />
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

/** What people wrote is removed by its age: whoever reads the case is told, and looks for nothing. */
function WordsGone({ page }: Readonly<{ page: Page }>) {
  const { w, day } = useSpeech()
  return page.wordsGoneAt === null ? null : <p className="measure">{w.privacy.wordsGone(day(at(page.wordsGoneAt)))}</p>
}

function Facts({ page }: Readonly<{ page: Page }>) {
  const speech = useSpeech()
  const { w } = speech
  const currency = page.currency ?? page.firmCurrency
  const facts = [
    categoryName(w, page.category),
    severityName(w, page.severity),
    ...(page.lossMinor === null ? [] : [w.cases.loss(speech.money(page.lossMinor, currency))]),
    page.stakeMinor === null
      ? w.privacy.notProfiled
      : `${speech.money(page.stakeMinor, page.firmCurrency)} ${w.cases.atStake}`,
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
