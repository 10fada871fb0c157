import { type RefObject, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { CasePage } from '../../../contract/cases.ts'
import type { Session } from '../../../contract/show.ts'
import { caseWords } from '../../../contract/words/cases.ts'
import { at } from '../../dates.ts'
import { useKeys } from '../../keyboard.ts'
import { Segmented } from '../../parts/segmented.tsx'
import { useSpeech } from '../../words.ts'
import type { ProtocolStep } from './protocol.tsx'
import { StepForm } from './step-form.tsx'
import { asking, type Telling } from './telling-draft.ts'
import { TellingForm } from './telling-form.tsx'

type Step = ProtocolStep['step']
/** Telling the customer something, or noting a step about which she is told nothing. */
type Way = Telling | 'alone'
type Props = Readonly<{
  page: CasePage
  me: Session
  chosen: Step | null
  choose: (step: Step | null) => void
  /** An amount taken from the proposal. */
  amount: number | null
  /** False while something else on the page is the one thing to do. */
  isPrimary: boolean
}>

/** What tells the customer of a step. */
const tellingOf: Partial<Readonly<Record<Step, Telling>>> = {
  acknowledge: 'case.acknowledged',
  apologise: 'case.reply',
  'agree remedy': 'remedy.choice',
  fix: 'fix.done',
  confirm: 'fix.confirmation',
  'follow up': 'follow-up',
}
/** What can be told at any step. */
const always = ['case.reply', 'final.response'] as const satisfies readonly Telling[]

/** The one thing to do next: what the customer is told of it, or what is noted of it, and why it would be refused. */
export function Composer({ page, me, chosen, choose, amount, isPrimary }: Props) {
  const { w, language } = useSpeech()
  const form = useRef<HTMLFormElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const [said, setSaid] = useState('')
  const [picked, pick] = useState<Readonly<{ step: Step; way: Way }> | null>(null)
  const next = page.steps.find((one) => one.step === chosen) ?? page.steps.find(({ standing }) => standing === 'next')
  const own = next === undefined ? undefined : tellingOf[next.step]
  const way = next !== undefined && picked?.step === next.step ? picked.way : usualWay(page, next)
  const go = (to: Way) => {
    if (next !== undefined) flushSync(() => pick({ step: next.step, way: to }))
  }
  useSendKey(form)
  useKeys({
    e: () => {
      if (way !== 'alone') go('alone')
      stepDone(form.current)
    },
    r: () => {
      if (way === 'alone') go(own ?? 'case.reply')
      const first = form.current?.querySelector<HTMLElement>('.offer input, textarea')
      const field = first ?? form.current?.querySelector<HTMLElement>('input')
      field?.focus()
    },
  })
  if (next === undefined) return <p className="soft">{w.cases.closed}</p>
  // What is typed or sent belongs to this step, whatever others do meanwhile.
  const pin = () => {
    choose(next.step)
    pick({ step: next.step, way })
  }
  const done = (words: string) => {
    setSaid(words)
    pick(null)
    choose(null)
    heading.current?.focus()
  }
  const ways: readonly Way[] = [...(own === undefined ? [] : [own]), ...always.filter((one) => one !== own), 'alone']
  return (
    <section className="composer" aria-labelledby="composer-title">
      <div className="section-head">
        <h2 id="composer-title" ref={heading} tabIndex={-1}>
          {caseWords[language].steps[next.step]}
        </h2>
        <span role="status" className="soft anywhere">
          {said}
        </span>
      </div>
      {page.waitingFor === null ? null : <p className="soft">{w.tellings.waits[page.waitingFor]}</p>}
      <Segmented
        small
        legend={w.tellings.ways}
        value={way}
        options={ways.map((value) => ({
          value,
          label: value === 'alone' ? w.tellings.alone : w.tellings.abouts[value],
        }))}
        onChange={go}
      />
      {way === 'alone' ? (
        <StepForm
          key={next.step}
          page={page}
          next={next}
          amount={amount}
          isPrimary={isPrimary}
          form={form}
          pin={pin}
          done={done}
        />
      ) : (
        <TellingForm
          key={`${page.failedRounds} ${way}`}
          page={page}
          me={me}
          about={way}
          amount={amount}
          isPrimary={isPrimary}
          form={form}
          pin={pin}
          told={done}
        />
      )}
    </section>
  )
}

/** A step is told where the customer can be reached at all and was not asked already. */
function usualWay({ told }: CasePage, next: ProtocolStep | undefined): Way {
  const own = next === undefined ? undefined : tellingOf[next.step]
  if (own === undefined || told.way === 'no-mail-server' || told.way === 'no-public-address') return 'alone'
  const since = next?.startedAt == null ? 0 : at(next.startedAt)
  const wasAsked =
    asking.includes(own) &&
    (told.mails.some(({ kind, createdAt }) => kind === own && at(createdAt) >= since) ||
      told.others.some((one) => one.about === own && at(one.at) >= since))
  return wasAsked ? 'alone' : own
}

/** The key of "step done": goes to the first thing that the step asks; from there, or where nothing is asked, it sends. */
function stepDone(form: HTMLFormElement | null): void {
  if (form === null) return
  const field = form.querySelector<HTMLElement>('input, select, textarea')
  if (field === null || form.contains(document.activeElement)) form.requestSubmit()
  else field.focus()
}

/** Ctrl and Enter send what is composed, also while text is typed; in another form they are none of ours. */
function useSendKey(form: RefObject<HTMLFormElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return
      const other = document.activeElement?.closest('form, dialog') ?? form.current
      if (other !== form.current) return
      event.preventDefault()
      form.current?.requestSubmit()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [form])
}
