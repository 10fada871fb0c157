import { useEffect, useRef, useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import type { CaseList } from '../../../contract/cases.ts'
import type { Session } from '../../../contract/show.ts'
import { queueReasons } from '../../../core/cases/case-queue.ts'
import { categoryName } from '../../category.ts'
import { NOT_MINE, useKeys } from '../../keyboard.ts'
import { useMay } from '../../may.ts'
import { PageHead } from '../../parts/page.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { useWide } from '../../use-wide.ts'
import { useSpeech } from '../../words.ts'
import { useCaseChanges } from './case-changes.ts'
import { caseHref } from './case-line.tsx'
import { CasePage, CasePane } from './case-page.tsx'
import { countWords } from './count-words.ts'
import { type Part, Queue, useQueue } from './queue.tsx'
import { lineOf } from './queue-lines.ts'
import { UndoNote } from './undo-note.tsx'

type Props = Readonly<{ id: string | null; session: Session }>

/** Cases: the queue, the case that is open and its money side by side where there is room, else a page for each. */
export function CasesPage({ id, session }: Props) {
  const isWide = useWide()
  return (
    <>
      {isWide || id === null ? (
        <CasesDesk id={id} session={session} isWide={isWide} />
      ) : (
        <CasePage key={id} id={id} session={session} />
      )}
      <UndoNote />
    </>
  )
}

function CasesDesk({ id, session, isWide }: Props & Readonly<{ isWide: boolean }>) {
  const speech = useSpeech()
  const { w } = speech
  const may = useMay()
  const [, navigate] = useLocation()
  const address = useSearch()
  const queue = useQueue(session)
  // A new wish each time, so that the same case is gone into again.
  const [entered, setEntered] = useState<Readonly<{ id: string }> | null>(null)
  useCaseChanges()
  const { parts, part, set, first } = queue
  useFirstCase(isWide && id === null ? first?.cases[0]?.id : undefined, address)
  const lines = {
    open: isWide ? id : undefined,
    look: (next: string) => navigate(caseHref(next, address), { replace: true }),
    enter: (next: string) => setEntered({ id: next }),
  }
  const close = () => {
    if (id === null) return
    lineOf(id)?.focus()
    navigate(address === '' ? '/cases' : `/cases?${address}`)
  }
  const back = () => {
    if (id === null) return NOT_MINE
    const line = lineOf(id)
    return line === null || line === document.activeElement ? close() : line.focus()
  }
  useKeys({ Escape: back })
  const filter = (
    <Segmented
      legend={w.cases.filter}
      value={part}
      options={parts.map((value) => ({ value, label: labelOf(value, first?.counts, speech) }))}
      onChange={(next) => set({ filter: next })}
    />
  )
  const list = <Queue session={session} queue={queue} lines={lines} />
  return (
    <>
      <PageHead title={w.cases.title}>
        {first === undefined ? null : <Counts of={first.counts} />}
        <span className="grow" />
        {/* Together, so that no button stands alone below where the words are long. */}
        <span className="row">
          {isWide ? filter : null}
          {may('cases.work') ? (
            <Link className="btn" href="/cases/new">
              {w.desk.newCase} <kbd>c</kbd>
            </Link>
          ) : null}
        </span>
      </PageHead>
      {isWide ? (
        <div className="panes">
          <div className="queue-pane">
            <Find queue={queue} />
            {list}
          </div>
          {id === null ? (
            <p className="soft pane-empty">{w.cases.chooseOne}</p>
          ) : (
            <CasePane key={id} id={id} session={session} entered={entered?.id === id ? entered : null} close={close} />
          )}
        </div>
      ) : (
        <div className="body">
          <div className="tools">
            {filter}
            <Find queue={queue} />
          </div>
          {list}
        </div>
      )}
    </>
  )
}

/** Where there is room beside the queue, whoever comes to it sees its first case; once left, a case stays closed. */
function useFirstCase(id: string | undefined, address: string) {
  const [, navigate] = useLocation()
  const isShown = useRef(false)
  useEffect(() => {
    if (id === undefined || isShown.current) return
    isShown.current = true
    navigate(caseHref(id, address), { replace: true })
  }, [id, address, navigate])
}

/** Finds within the part of the queue: by words, by category, by the reason why a case stands where it stands. */
function Find({ queue }: Readonly<{ queue: ReturnType<typeof useQueue> }>) {
  const { w, count } = useSpeech()
  const { search, category, floor, set, first } = queue
  const known = first?.categories ?? []
  const chosen = category === '' || known.some((one) => one.category === category) ? [] : [{ category, count: 0 }]
  return (
    <div className="queue-find">
      <input
        type="search"
        className="plain-input search"
        aria-label={w.cases.search}
        placeholder={w.cases.search}
        value={search}
        onChange={({ target }) => set({ search: target.value })}
      />
      <select
        className="plain-select"
        aria-label={w.cases.category}
        value={category}
        onChange={({ target }) => set({ category: target.value })}
      >
        <option value="">{w.cases.everyCategory}</option>
        {[...known, ...chosen].map((one) => (
          <option key={one.category} value={one.category}>
            {categoryName(w, one.category)} {count(one.count)}
          </option>
        ))}
      </select>
      <select
        className="plain-select"
        aria-label={w.cases.floor}
        value={floor}
        onChange={({ target }) => set({ floor: target.value })}
      >
        <option value="">{w.cases.everyFloor}</option>
        {queueReasons.map((one) => (
          <option key={one} value={one}>
            {w.cases.groups[one]}
          </option>
        ))}
      </select>
    </div>
  )
}

type CountsOf = CaseList['counts']

function labelOf(part: Part, counts: CountsOf | undefined, speech: ReturnType<typeof useSpeech>): string {
  const name = speech.w.cases.filters[part]
  if (counts === undefined || part === 'team' || part === 'closed') return name
  return `${name} ${countWords(part === 'all' ? counts.open : counts[part], speech)}`
}

function Counts({ of }: Readonly<{ of: CountsOf }>) {
  const speech = useSpeech()
  const { w } = speech
  return (
    <span className={of.late > 0 ? 'harm' : 'quiet'}>
      {w.cases.lead(
        countWords(of.open, speech),
        of.late === 0 ? null : countWords(of.late, speech),
        of.dueSoon === 0 ? null : countWords(of.dueSoon, speech),
      )}
    </span>
  )
}
