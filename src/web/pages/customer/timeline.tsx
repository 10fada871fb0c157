import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Timeline as Answer } from '../../../contract/show.ts'
import { HAND_SOURCE } from '../../../core/relationship/noted-event.ts'
import { HOUR_MS } from '../../../core/time/instant.ts'
import { api } from '../../api.ts'
import { said } from '../../api-said.ts'
import { at } from '../../dates.ts'
import { useMay } from '../../may.ts'
import { Refusal, Waiting } from '../../parts/states.tsx'
import { usePreferences } from '../../preferences.ts'
import { useSpeech } from '../../words.ts'
import { NotTakenBack, useTakeBack } from './noted.tsx'

/** Every event as it was told, newest first, read on by cursor. */
export function Timeline({ customer }: Readonly<{ customer: string }>) {
  const { w } = useSpeech()
  const { language } = usePreferences()
  const pages = useInfiniteQuery({
    queryKey: ['timeline', customer, language],
    queryFn: ({ pageParam }: { pageParam: string | undefined }) => api.timeline(customer, pageParam),
    initialPageParam: undefined,
    getNextPageParam: (last: Answer) => last.cursor ?? undefined,
  })
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className="timeline" aria-labelledby="timeline-title">
      <div className="section-head">
        <h2 id="timeline-title">{w.customer.timeline}</h2>
        <span className="quiet xs">{w.customer.timelineNote}</span>
      </div>
      {pages.isPending ? <Waiting /> : null}
      {pages.isError ? <Refusal error={pages.error} again={() => void pages.refetch()} /> : null}
      {pages.isSuccess && items.length === 0 ? <p className="soft">{w.customer.noEvents}</p> : null}
      <ol>
        {items.map((item) => (
          <Item key={`${item.source} ${item.event}`} item={item} />
        ))}
      </ol>
      {pages.hasNextPage ? (
        <button type="button" className="btn" onClick={() => void pages.fetchNextPage()}>
          {w.more}
        </button>
      ) : null}
    </section>
  )
}

/** What can be done about one event: taking back what was written down here, and erasing its words. */
function ItemActions({ item }: Readonly<{ item: Answer['items'][number] }>) {
  const { w } = useSpeech()
  const may = useMay()
  const client = useQueryClient()
  const back = useTakeBack(item.customer)
  const erase = useMutation({
    mutationFn: () => said.eraseText(item.customer, item),
    onSuccess: () => client.invalidateQueries(),
  })
  const isOurs = item.source === HAND_SOURCE && item.type !== 'event.retracted' && !item.retracted
  const hasWords = item.text !== null && item.text !== ''
  return (
    <>
      {isOurs && may('customers.hear') ? (
        <p>
          <button type="button" className="q" onClick={() => back.mutate(item.event)}>
            {w.noting.takeBack}
          </button>
        </p>
      ) : null}
      {back.isError ? <NotTakenBack error={back.error} /> : null}
      {hasWords && may('customers.erase') ? (
        <details>
          <summary>{w.noting.eraseText}</summary>
          <p>{w.noting.eraseSure}</p>
          <button type="button" className="btn harmful" onClick={() => erase.mutate()}>
            {w.noting.eraseNow}
          </button>
          {erase.isError ? <Refusal error={erase.error} /> : null}
        </details>
      ) : null}
    </>
  )
}

function Item({ item }: Readonly<{ item: Answer['items'][number] }>) {
  const speech = useSpeech()
  const { w } = speech
  const late = at(item.receivedAt) - at(item.at) > HOUR_MS
  return (
    <li data-row tabIndex={-1}>
      <time dateTime={item.at} className="quiet">
        {speech.dayTime(at(item.at))}
      </time>
      <div>
        <p className={item.retracted ? 'struck' : undefined}>
          {item.sentence} {item.retracted ? <span className="tag">{w.customer.retracted}</span> : null}
        </p>
        {item.text === null || item.text === '' ? null : <blockquote>{item.text}</blockquote>}
        <details>
          <summary className="mono">{item.type}</summary>
          <ItemActions item={item} />
          <p className="xs quiet">
            {item.source} · {item.event}
            {late ? ` · ${w.customer.late(speech.dayTime(at(item.receivedAt)))}` : ''}
          </p>
          <dl className="fields">
            {Object.entries(item.data).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
              </div>
            ))}
          </dl>
        </details>
      </div>
    </li>
  )
}
