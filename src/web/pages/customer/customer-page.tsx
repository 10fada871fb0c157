import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { CustomerPage as Page } from '../../../contract/show.ts'
import { api } from '../../api.ts'
import { at } from '../../dates.ts'
import { rowKeys, useKeys } from '../../keyboard.ts'
import { useMay } from '../../may.ts'
import { PageHead } from '../../parts/page.tsx'
import { Loaded } from '../../parts/states.tsx'
import { usePreferences } from '../../preferences.ts'
import { useSpeech } from '../../words.ts'
import { Erase } from './erase.tsx'
import { Goodwill } from './goodwill.tsx'
import { Next } from './next.tsx'
import { NextStep } from './next-step.tsx'
import { Noted } from './noted.tsx'
import { Parting } from './parting.tsx'
import { NothingForetold } from './profiling.tsx'
import { Statement } from './statement.tsx'
import { Timeline } from './timeline.tsx'
import { Who } from './who.tsx'

type Props = Readonly<{ customer: string; currency: string }>

/** One customer in three tenses: who she is, how it came to this, what may come. */
export function CustomerPage({ customer, currency }: Props) {
  const { w } = useSpeech()
  const { language } = usePreferences()
  const page = useQuery({ queryKey: ['customer', customer, language], queryFn: () => api.customer(customer) })
  const may = useMay()
  const [, navigate] = useLocation()
  const openCase = `/cases/new?customer=${encodeURIComponent(customer)}`
  useKeys({
    ...rowKeys,
    c: () => {
      if (may('cases.work')) navigate(openCase)
    },
  })
  const title = page.data === undefined ? w.customer.unnamed(customer) : titleOf(page.data, w.customer.unnamed)
  return (
    <>
      <PageHead
        title={title}
        before={
          <span className="crumb">
            <Link href="/customers">{w.customer.crumb}</Link> /
          </span>
        }
      >
        {page.data === undefined ? null : <HeadActions page={page.data} title={title} currency={currency} />}
      </PageHead>
      {page.data === undefined ? (
        <div className="body">
          <Loaded query={page}>{() => null}</Loaded>
        </div>
      ) : (
        <div className="customer">
          {page.data.profilingRefusedAt === null ? (
            <Next page={page.data} currency={currency} />
          ) : (
            <aside className="next" aria-label={w.customer.next}>
              <NothingForetold since={page.data.profilingRefusedAt} />
              <NextStep page={page.data} />
              <Parting page={page.data} />
            </aside>
          )}
          <Who page={page.data} currency={currency} />
          <div className="past">
            {page.data.profilingRefusedAt === null ? (
              <>
                <Goodwill page={page.data} />
                <Statement page={page.data} />
              </>
            ) : null}
            <Timeline customer={page.data.customer} />
          </div>
        </div>
      )}
    </>
  )
}

const titleOf = (page: Page, unnamed: (key: string) => string) => {
  const key = unnamed(page.customer)
  return page.name === null ? key : page.name
}

function HeadActions({ page, title, currency }: Readonly<{ page: Page; title: string; currency: string }>) {
  const { w } = useSpeech()
  const may = useMay()
  const [erasing, setErasing] = useState(false)
  return (
    <>
      {page.name === null ? null : <span className="quiet mono">{page.customer}</span>}
      <Tags page={page} />
      <span className="grow" />
      {page.erased ? null : (
        <div className="row">
          <Noted page={page} currency={currency} />
          {may('cases.work') ? (
            <Link className="btn" href={`/cases/new?customer=${encodeURIComponent(page.customer)}`}>
              {w.desk.title} <kbd>c</kbd>
            </Link>
          ) : null}
          {may('surveys.edit') ? (
            <Link
              className="btn"
              href={`/listening?${new URLSearchParams({ view: 'asking', customer: page.customer })}`}
            >
              {w.listening.ask}
            </Link>
          ) : null}
          <a className="btn" href={api.exportAddress(page.customer)} download={`${page.customer}.json`}>
            {w.customer.export}
          </a>
          <button type="button" className="btn" onClick={() => setErasing(true)}>
            {w.customer.erase}
          </button>
        </div>
      )}
      {erasing ? <Erase customer={page.customer} title={title} close={() => setErasing(false)} /> : null}
    </>
  )
}

function Tags({ page }: Readonly<{ page: Page }>) {
  const speech = useSpeech()
  const { w } = speech
  const { facts } = page
  return (
    <>
      {facts.doubleDeviationAt === null ? null : <span className="tag solid">{w.customer.double}</span>}
      {facts.openFailures === 0 ? null : <span className="tag wash">{w.customer.open(facts.openFailures)}</span>}
      {facts.leftAt !== null ? (
        <span className="tag">{w.customer.left(speech.day(at(facts.leftAt)))}</span>
      ) : facts.exitRequestedAt !== null ? (
        <span className="tag">{w.customer.exitAsked(speech.day(at(facts.exitRequestedAt)))}</span>
      ) : null}
      {page.erased ? <span className="tag">{w.customer.erased}</span> : null}
    </>
  )
}
