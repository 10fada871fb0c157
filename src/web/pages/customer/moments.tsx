import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { CustomerPage } from '../../../contract/show.ts'
import { said } from '../../api-said.ts'
import { at } from '../../dates.ts'
import { useMay } from '../../may.ts'
import { Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

type Moment = CustomerPage['moments'][number]

/** What the customer or the family told of, each to be taken back, and another to be written down. Nothing is guessed. */
export function Moments({ page }: Readonly<{ page: CustomerPage }>) {
  const speech = useSpeech()
  const { w } = speech
  const mayHear = useMay()('customers.hear')
  const client = useQueryClient()
  const [gone, setGone] = useState<Moment>()
  const onSuccess = () => client.invalidateQueries()
  const remove = useMutation({
    mutationFn: ({ kind }: Moment) => said.momentBack(page.customer, kind),
    onSuccess: (_, moment) => {
      setGone(moment)
      return onSuccess()
    },
  })
  const tell = useMutation({
    mutationFn: (moment: Readonly<{ kind: string; on?: string }>) => said.moment(page.customer, moment),
    onSuccess: () => {
      setGone(undefined)
      return onSuccess()
    },
  })
  const names: Readonly<Record<string, string>> = w.privacy.moments
  const nameOf = (kind: string) => names[kind] ?? kind
  if (page.moments.length === 0 && !mayHear) return null
  return (
    <section>
      <h3>{w.customer.told}</h3>
      {page.moments.map((moment) => (
        <p key={`${moment.kind} ${moment.at}`}>
          {nameOf(moment.kind)} <span className="quiet">{speech.day(at(moment.at))}</span>{' '}
          {mayHear ? (
            <button
              type="button"
              className="q"
              aria-label={w.privacy.momentBackOf(nameOf(moment.kind))}
              onClick={() => remove.mutate(moment)}
            >
              {w.privacy.momentBack}
            </button>
          ) : null}
        </p>
      ))}
      <p role="status">
        {gone === undefined ? null : (
          <>
            {w.privacy.momentGone(nameOf(gone.kind))}{' '}
            <button type="button" className="q" onClick={() => tell.mutate({ kind: gone.kind, on: gone.at })}>
              {w.undo}
            </button>
          </>
        )}
      </p>
      {mayHear ? <Tell names={w.privacy.moments} tell={(moment) => tell.mutate(moment)} /> : null}
      {remove.isError ? <Refusal error={remove.error} /> : null}
      {tell.isError ? <Refusal error={tell.error} /> : null}
    </section>
  )
}

type TellProps = Readonly<{
  names: Readonly<Record<string, string>>
  tell: (moment: Readonly<{ kind: string; on?: string }>) => void
}>

function Tell({ names, tell }: TellProps) {
  const { w } = useSpeech()
  const id = useId()
  const [kind, setKind] = useState('')
  const [day, setDay] = useState('')
  const isDeath = kind === 'bereavement' || kind === 'death'
  const isYearly = kind === 'birthday' || kind === 'anniversary'
  return (
    <details>
      <summary>{w.privacy.momentTell}</summary>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          // A day is told as its midnight in UTC, which is read as a date whatever the zone.
          if (kind !== '') tell({ kind, ...(day === '' || isDeath ? {} : { on: `${day}T00:00:00.000Z` }) })
        }}
      >
        <div className="field">
          <label htmlFor={id}>{w.privacy.momentKind}</label>
          <select id={id} value={kind} required onChange={({ target }) => setKind(target.value)}>
            <option value="">{w.privacy.momentChoose}</option>
            {Object.entries(names).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
          <span className="hint">{isDeath ? w.privacy.bereavement : w.privacy.momentHint}</span>
        </div>
        {isDeath ? null : (
          <div className="field">
            <label htmlFor={`${id}-day`}>{w.gestures.momentOn}</label>
            <input
              id={`${id}-day`}
              type="date"
              value={day}
              required={isYearly}
              onChange={({ target }) => setDay(target.value)}
            />
            <span className="hint">{w.gestures.momentOnHint}</span>
          </div>
        )}
        <button type="submit" className="btn">
          {w.settings.save}
        </button>
      </form>
    </details>
  )
}
