import { useQuery } from '@tanstack/react-query'
import { Fragment, type ReactNode, useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Session, Status } from '../contract/show.ts'
import { api } from './api.ts'
import { at } from './dates.ts'
import { NOT_MINE, useKeys } from './keyboard.ts'
import { useMay } from './may.ts'
import { Palette } from './palette.tsx'
import { Brand } from './parts/marks.tsx'
import { Waiting } from './parts/states.tsx'
import { prefer, preferences, usePreferences } from './preferences.ts'
import { type Hint, hintsOf, pages } from './shell-keys.ts'
import { useSignOut } from './sign-out.ts'
import { useApprovals } from './use-approvals.ts'
import { useWide } from './use-wide.ts'
import { useSpeech } from './words.ts'

type Props = Readonly<{ status: Status; session: Session; children: ReactNode }>
type Overlay = 'none' | 'palette' | 'help'

const GO_MS = 1_500
const COUNTS_MS = 15_000

/** Registers the keys that work on every page. `g` waits a moment for the letter of a page. */
function useShellKeys(open: (overlay: Overlay) => void) {
  const [, navigate] = useLocation()
  const going = useRef(0)
  const go = (letter: string) => () => {
    const page = pages.find((known) => known.letter === letter)
    const follows = Date.now() - going.current < GO_MS
    going.current = 0
    if (!follows || page === undefined) return NOT_MINE
    navigate(page.path)
    return undefined
  }
  useKeys(
    {
      g: () => {
        going.current = Date.now()
      },
      ...Object.fromEntries(pages.map(({ letter }) => [letter, go(letter)])),
      t: () => prefer({ tables: !preferences().tables }),
      '?': () => open('help'),
      '/': () => {
        const search = document.querySelector<HTMLElement>('main [type=search]')
        if (search === null) open('palette')
        else search.focus()
      },
    },
    true,
  )
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'k' || !(event.metaKey || event.ctrlKey)) return
      event.preventDefault()
      open('palette')
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [open])
}

/** Everything around a page: navigation, what is simulated, the strip of keys, the commands. */
export function Shell({ status, session, children }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const [path] = useLocation()
  const [overlay, setOverlay] = useState<Overlay>('none')
  const [menu, setMenu] = useState(false)
  const { letters } = usePreferences()
  const isWide = useWide()
  useShellKeys(setOverlay)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when the page changes.
  useEffect(() => setMenu(false), [path])
  return (
    <>
      <a className="skip" href="#main">
        {w.shell.skip}
      </a>
      <header className="topbar">
        <button
          type="button"
          aria-label={w.shell.menu}
          aria-expanded={menu}
          aria-controls="nav"
          onClick={() => setMenu(!menu)}
        >
          <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
            <path d="M3 6h14M3 10h14M3 14h14" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
          </svg>
        </button>
        <Brand />
        {status.simulated ? <span className="simulated">{w.simulated}</span> : null}
      </header>
      <div className="app">
        <Nav open={menu} path={path} status={status} session={session} search={() => setOverlay('palette')} />
        <main className="main" id="main" tabIndex={-1}>
          {children}
          <footer className="place">
            {w.shell.times(status.timeZone)}
            {status.otherCurrencies.length === 0 ? '' : ` ${w.shell.apart(status.otherCurrencies.join(', '))}`}
          </footer>
        </main>
      </div>
      {letters ? (
        <aside className="keys" aria-label={w.shell.keys}>
          <span>{status.asOf === null ? w.shell.noEvents : w.shell.eventsTo(speech.dayTime(at(status.asOf)))}</span>
          <span className="grow" />
          <Hints hints={hintsOf(path, w, isWide)} />
        </aside>
      ) : null}
      {overlay === 'palette' ? (
        <Palette close={() => setOverlay((so) => (so === 'palette' ? 'none' : so))} help={() => setOverlay('help')} />
      ) : null}
      {overlay === 'help' ? <Help path={path} close={() => setOverlay('none')} /> : null}
    </>
  )
}

type NavProps = Readonly<{ open: boolean; path: string; status: Status; session: Session; search: () => void }>

function Nav({ open, path, status, session, search }: NavProps) {
  const { w } = useSpeech()
  const current = (of: string) => (of === '/' ? path === '/' || path === '/start' : path.startsWith(of))
  const signOut = useSignOut()
  const may = useMay()
  return (
    <nav className="nav" id="nav" aria-label={w.shell.main} data-open={open}>
      <Brand />
      {status.simulated ? <span className="simulated">{w.simulated}</span> : null}
      <button className="find" type="button" onClick={search}>
        {w.shell.search}
        <kbd>/</kbd>
      </button>
      {pages
        .filter(({ needs }) => may(needs))
        .map((page, at, shown) => (
          <Fragment key={page.path}>
            {at > 0 && shown[at - 1]?.group !== page.group ? <hr /> : null}
            <Link href={page.path} aria-current={current(page.path) ? 'page' : undefined}>
              {w.shell[page.name]}
              {page.path === '/cases' ? <CaseCounts /> : null}
            </Link>
          </Fragment>
        ))}
      <hr />
      <a href="/reference">{w.shell.reference}</a>
      <div className="me">
        {status.firm === null ? null : <div className="strong">{status.firm}</div>}
        {session.name}
        <button type="button" className="q" onClick={() => void signOut()}>
          {w.shell.signOut}
        </button>
      </div>
    </nav>
  )
}

/** What waits for the reader's answer, else what is late; and how many cases are open. Nothing where there is nothing. */
function CaseCounts() {
  const { w, count } = useSpeech()
  const { data: approvals } = useApprovals()
  const { data: queue } = useQuery({
    queryKey: ['case-counts'],
    queryFn: () => api.cases({ filter: 'all', limit: 1 }, undefined),
    refetchInterval: COUNTS_MS,
  })
  const { open = 0, late = 0 } = queue?.counts ?? {}
  const waiting = approvals?.count ?? 0
  return (
    <span className="case-counts">
      {waiting > 0 ? (
        <span title={w.approvals.navigationLong(count(waiting))}>{w.approvals.navigation(count(waiting))}</span>
      ) : late > 0 ? (
        <span className="harm">{w.desk.lateCount(count(late))}</span>
      ) : null}
      {open > 0 ? <span title={w.desk.openCount(count(open))}>{count(open)}</span> : null}
    </span>
  )
}

function Hints({ hints }: Readonly<{ hints: readonly Hint[] }>) {
  return hints.map((hint) => (
    <span key={hint.words}>
      {hint.keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
      {hint.words}
    </span>
  ))
}

/** The list of keys, under `?`. */
function Help({ path, close }: Readonly<{ path: string; close: () => void }>) {
  const { w } = useSpeech()
  const { letters } = usePreferences()
  const isWide = useWide()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const hints = [
    ...hintsOf(path, w, isWide),
    ...pages.map((page) => ({ keys: ['g', page.letter], words: w.shell.goTo(w.shell[page.name]) })),
  ]
  return (
    <dialog className="dialog" ref={dialog} onClose={close} aria-labelledby="help-title">
      <h2 id="help-title">{w.shell.helpTitle}</h2>
      {letters ? null : <p className="soft">{w.shell.helpOff}</p>}
      <dl className="help">
        {hints.map((hint) => (
          <Row key={hint.words} hint={hint} />
        ))}
      </dl>
      <form method="dialog" className="row">
        <button type="submit" className="btn">
          {w.close}
        </button>
      </form>
    </dialog>
  )
}

function Row({ hint }: Readonly<{ hint: Hint }>) {
  return (
    <>
      <dt>
        {hint.keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{hint.words}</dd>
    </>
  )
}

/** The status of this installation, read again every so often. */
export const useStatus = (everyMs = 15_000) =>
  useQuery({ queryKey: ['status'], queryFn: api.status, refetchInterval: everyMs })

/** The frame before anything is known: no navigation that could not be used. */
export function Bare({ children }: Readonly<{ children?: ReactNode }>) {
  return (
    <main className="bare" id="main" tabIndex={-1}>
      <Brand />
      {children ?? <Waiting />}
    </main>
  )
}
