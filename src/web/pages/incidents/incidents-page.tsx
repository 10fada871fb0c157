import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { IncidentList, IncidentRow, IncidentWish } from '../../../contract/incidents.ts'
import { api } from '../../api.ts'
import { categoryName, severityName } from '../../category.ts'
import { at } from '../../dates.ts'
import { rowKeys, useKeys } from '../../keyboard.ts'
import { useMay } from '../../may.ts'
import { PageHead } from '../../parts/page.tsx'
import { Empty, Loaded, Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { AffectedFields, FactFields } from './incident-fields.tsx'
import { affectedTyped, factsTyped } from './typed.ts'

/** What hit many at once, newest first, with how each stands. */
export function IncidentsPage() {
  const { w } = useSpeech()
  const may = useMay()
  const [isOpening, setOpening] = useState(false)
  const list = useQuery({ queryKey: ['incidents'], queryFn: api.incidents })
  useKeys(rowKeys)
  return (
    <>
      <PageHead title={w.incidents.title} />
      <div className="body">
        {may('incidents.manage') ? (
          isOpening ? (
            <OpenForm close={() => setOpening(false)} />
          ) : (
            <div className="tools">
              <button type="button" className="btn primary" onClick={() => setOpening(true)}>
                {w.incidents.open}
              </button>
            </div>
          )
        ) : null}
        <Loaded query={list}>{(data) => <Lines of={data} />}</Loaded>
      </div>
    </>
  )
}

function Lines({ of }: Readonly<{ of: IncidentList }>) {
  const { w } = useSpeech()
  if (of.incidents.length === 0) return <Empty title={w.incidents.none} text={w.incidents.noneText} />
  return (
    <ul className="queue">
      {of.incidents.map((one) => (
        <Line key={one.id} of={one} currency={of.currency} />
      ))}
    </ul>
  )
}

function Line({ of, currency }: Readonly<{ of: IncidentRow; currency: string }>) {
  const speech = useSpeech()
  const { w } = speech
  const facts = [categoryName(w, of.category), severityName(w, of.severity), speech.dayTime(at(of.beganAt))]
  return (
    <li>
      <Link className="case-line" data-row href={`/incidents/${of.id}`}>
        <span className="strong anywhere">{of.title}</span>
        <span className={of.late > 0 ? 'harm' : 'soft'}>{of.endedAt === null ? w.incidents.notEnded : ''}</span>
        <span className="anywhere">{w.incidents.lead(of.affected, of.putRight, of.late)}</span>
        <span className="strong nowrap">
          {speech.money(of.stakeMinor, currency)} <span className="quiet xs">{w.cases.atStake}</span>
        </span>
        <span className="quiet xs">{facts.join(', ')}</span>
      </Link>
    </li>
  )
}

function OpenForm({ close }: Readonly<{ close: () => void }>) {
  const { w, timeZone } = useSpeech()
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const open = useMutation({
    mutationFn: (wish: IncidentWish) => api.openIncident(wish),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['incidents'] })
      navigate(`/incidents/${id}`)
    },
  })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const affected = affectedTyped(typed, timeZone)
    open.mutate(affected === undefined ? factsTyped(typed, timeZone) : { ...factsTyped(typed, timeZone), affected })
  }
  return (
    <form className="composer incident-form" onSubmit={send} aria-label={w.incidents.open}>
      <FactFields />
      <AffectedFields withLater />
      {open.isError ? <Refusal error={open.error} /> : null}
      <div className="row">
        <button type="submit" className="btn primary" disabled={open.isPending}>
          {w.incidents.open}
        </button>
        <button type="button" className="btn" onClick={close}>
          {w.incidents.close}
        </button>
      </div>
    </form>
  )
}
