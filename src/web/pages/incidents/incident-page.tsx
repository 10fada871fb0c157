import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { AffectedWish, IncidentFacts, IncidentPage as Page } from '../../../contract/incidents.ts'
import { api } from '../../api.ts'
import { categoryName, severityName } from '../../category.ts'
import { at } from '../../dates.ts'
import { rowKeys, useKeys } from '../../keyboard.ts'
import { useMay } from '../../may.ts'
import { PageHead } from '../../parts/page.tsx'
import { Loaded, Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { BulkComposer } from './bulk-composer.tsx'
import { IncidentCases } from './incident-cases.tsx'
import { AffectedFields, FactFields } from './incident-fields.tsx'
import { StepsDone } from './steps-done.tsx'
import { affectedTyped, factsTyped } from './typed.ts'

const POLL_MS = 1_000
const CLOCKS_MS = 30_000

/** One incident: how it stands, the next step for all, what was done for all, and the cases. */
export function IncidentPage({ id }: Readonly<{ id: string }>) {
  const { w } = useSpeech()
  const client = useQueryClient()
  useKeys(rowKeys)
  const page = useQuery({
    queryKey: ['incident', id],
    queryFn: async () => {
      const read = await api.incident(id)
      // The cases change with every step that is under way.
      if (isUnderWay(read)) void client.invalidateQueries({ queryKey: ['incident-cases', id] })
      return read
    },
    refetchInterval: ({ state }) => (state.data !== undefined && isUnderWay(state.data) ? POLL_MS : CLOCKS_MS),
  })
  return (
    <>
      <PageHead title={page.data?.title ?? w.incidents.title} />
      <div className="body stack">
        <Loaded query={page}>{(data) => <Whole of={data} />}</Loaded>
      </div>
    </>
  )
}

const isUnderWay = ({ steps }: Page): boolean => steps.some(({ state }) => state === 'running')

function Whole({ of }: Readonly<{ of: Page }>) {
  const may = useMay()
  const isManaging = may('incidents.manage')
  return (
    <div className="stack">
      <Figures of={of} />
      <Known of={of} isManaging={isManaging} />
      {isManaging ? <BulkComposer of={of} /> : null}
      <StepsDone of={of} />
      <IncidentCases incident={of.id} currency={of.currency} count={of.affected} />
    </div>
  )
}

function Figures({ of }: Readonly<{ of: Page }>) {
  const speech = useSpeech()
  const words = speech.w.incidents
  const figures = [
    [words.affected, speech.count(of.affected)],
    [words.putRight, speech.count(of.putRight)],
    [words.late, speech.count(of.late)],
    [words.stake, speech.money(of.stakeMinor, of.currency)],
    [words.given, speech.money(of.givenMinor, of.currency)],
  ] as const
  return (
    <section aria-label={words.figures}>
      <p className="md" role="status">
        {words.lead(of.affected, of.putRight, of.late)}
      </p>
      <dl className="fields">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={name === words.late && of.late > 0 ? 'harm' : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Known({ of, isManaging }: Readonly<{ of: Page; isManaging: boolean }>) {
  const speech = useSpeech()
  const { w } = speech
  const [form, setForm] = useState<'facts' | 'add' | null>(null)
  const facts = [
    [w.incidents.category, `${categoryName(w, of.category)}, ${severityName(w, of.severity)}`],
    [w.incidents.began, speech.dayTime(at(of.beganAt))],
    [w.incidents.ended, of.endedAt === null ? w.incidents.notEnded : speech.dayTime(at(of.endedAt))],
    [w.incidents.known, of.known],
    [w.incidents.cause, of.rootCause ?? w.notKnown],
  ] as const
  return (
    <section aria-label={w.incidents.known}>
      <dl className="fields">
        {facts
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {isManaging && form === null ? (
        <div className="row">
          <button type="button" className="btn" onClick={() => setForm('facts')}>
            {w.incidents.change}
          </button>
          <button type="button" className="btn" onClick={() => setForm('add')}>
            {w.incidents.add}
          </button>
        </div>
      ) : null}
      {form === null ? null : <ChangeForm of={of} what={form} close={() => setForm(null)} />}
    </section>
  )
}

type FormProps = Readonly<{ of: Page; what: 'facts' | 'add'; close: () => void }>

function ChangeForm({ of, what, close }: FormProps) {
  const { w, timeZone } = useSpeech()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: (wish: IncidentFacts | AffectedWish) =>
      'title' in wish ? api.changeIncident(of.id, wish, of.revision) : api.addToIncident(of.id, wish),
    onSuccess: close,
    onSettled: () => client.invalidateQueries({ queryKey: ['incident', of.id] }),
  })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget)
    const wish = what === 'facts' ? { ...factsTyped(typed, timeZone), team: of.team } : affectedTyped(typed, timeZone)
    if (wish !== undefined) save.mutate(wish)
  }
  const name = what === 'facts' ? w.incidents.change : w.incidents.add
  return (
    <form className="composer incident-form" onSubmit={send} aria-label={name}>
      {what === 'facts' ? <FactFields of={of} /> : <AffectedFields withLater={false} />}
      {save.isError ? <Refusal error={save.error} /> : null}
      <div className="row">
        <button type="submit" className="btn primary" disabled={save.isPending}>
          {what === 'facts' ? w.incidents.save : w.incidents.add}
        </button>
        <button type="button" className="btn" onClick={close}>
          {w.incidents.close}
        </button>
      </div>
    </form>
  )
}
