import { useMutation } from '@tanstack/react-query'
import type { Preview, Task } from '../../../contract/show.ts'
import { api, type ImportWish } from '../../api.ts'
import { at } from '../../dates.ts'
import { Heads } from '../../parts/heads.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { Empty, Refusal } from '../../parts/states.tsx'
import { type Speech, useSpeech } from '../../words.ts'

type Props = Readonly<{ wish: ImportWish; preview: Preview; back: () => void; onStarted: (task: Task) => void }>

/** The first events that the mapping makes, and the problems it meets, before anything is kept. */
export function ShowEvents({ wish, preview, back, onStarted }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const run = useMutation({ mutationFn: () => api.startImport(wish), onSuccess: onStarted })
  const none = preview.events.length === 0
  return (
    <section aria-labelledby="events-title">
      <div className="section-head">
        <h2 id="events-title">{w.wizard.previewTitle}</h2>
        <span className="quiet xs">{w.wizard.previewOf(preview.total, preview.customers)}</span>
      </div>
      {none ? <Empty title={w.wizard.noEvents} /> : <Events events={preview.events} speech={speech} />}
      <div className="problems">
        <h2>{w.wizard.problems(preview.problems.length)}</h2>
        {preview.problems.length === 0 ? <p className="soft">{w.wizard.noProblems}</p> : null}
        <ul>
          {preview.problems.map((problem) => (
            <li key={`${problem.code} ${problem.pointer} ${problem.detail}`}>
              <b className="harm">{problem.title}</b> {problem.detail}
              {problem.pointer === undefined ? null : <span className="mono quiet"> {problem.pointer}</span>}
            </li>
          ))}
        </ul>
      </div>
      {run.isError ? <Refusal error={run.error} /> : null}
      <div className="row">
        {none ? null : (
          <button
            type="button"
            className="btn primary large"
            aria-disabled={run.isPending}
            onClick={() => run.isPending || run.mutate()}
          >
            {w.wizard.run}
          </button>
        )}
        <button type="button" className="btn large" onClick={back}>
          {w.wizard.back}
        </button>
      </div>
    </section>
  )
}

const envelope = new Set(['id', 'source', 'customer', 'type', 'at', 'data'])

function fieldsOf(event: Preview['events'][number]): string {
  const { data } = event
  const inside = typeof data === 'object' && data !== null ? Object.entries(data) : []
  const beside = Object.entries(event).filter(([name]) => !envelope.has(name))
  return [...inside, ...beside]
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(' · ')
}

function Events({ events, speech }: Readonly<{ events: Preview['events']; speech: Speech }>) {
  const { w } = speech
  const when = (value: unknown) => (Number.isNaN(at(`${value}`)) ? `${value}` : speech.dayTime(at(`${value}`)))
  return (
    <Scroll className="scroll events" label={`${w.wizard.previewTitle}, ${w.table}`}>
      <table>
        <Heads heads={[w.wizard.at, w.wizard.type, w.list.customer, w.wizard.fields, w.wizard.id]} />
        <tbody>
          {events.map((event, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two events of a preview may be equal in everything.
            <tr key={index}>
              <td className="nowrap">{when(event.at)}</td>
              <td className="mono">{`${event.type}`}</td>
              <td className="mono">{`${event.customer}`}</td>
              <td className="soft wrap">{fieldsOf(event)}</td>
              <td className="mono quiet">{`${event.id}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
