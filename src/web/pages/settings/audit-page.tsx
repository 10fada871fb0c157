import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { AuditPage as Page } from '../../../contract/audit.ts'
import { auditActions } from '../../../core/people/audit.ts'
import { api } from '../../api.ts'
import { at } from '../../dates.ts'
import { PageHead } from '../../parts/page.tsx'
import { Scroll } from '../../parts/scroll.tsx'
import { Empty, Refusal, Waiting } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

/** Who changed what, newest first; filtered by action, page by page, and verified on request. */
export function AuditPage() {
  const { w } = useSpeech()
  const id = useId()
  const [action, setAction] = useState('')
  const log = useInfiniteQuery({
    queryKey: ['audit', action],
    queryFn: ({ pageParam }) => api.audit({ action, cursor: pageParam }),
    initialPageParam: '',
    getNextPageParam: ({ cursor }) => cursor ?? undefined,
  })
  const entries = log.data?.pages.flatMap((page) => page.entries)
  return (
    <>
      <PageHead title={w.audit.title} />
      <div className="body settings">
        <section aria-label={w.audit.title}>
          <p className="soft">{w.audit.text}</p>
          <Verify />
          <div className="field form">
            <label htmlFor={`${id}-action`}>{w.audit.filter}</label>
            <select id={`${id}-action`} value={action} onChange={({ target }) => setAction(target.value)}>
              <option value="">{w.audit.all}</option>
              {auditActions.map((one) => (
                <option key={one} value={one}>
                  {w.audit.actions[one]}
                </option>
              ))}
            </select>
          </div>
          {log.isError ? <Refusal error={log.error} again={() => void log.refetch()} /> : null}
          {entries === undefined ? log.isError ? null : <Waiting /> : <Entries entries={entries} />}
          {log.hasNextPage ? (
            <button type="button" className="btn" onClick={() => void log.fetchNextPage()}>
              {w.audit.older}
            </button>
          ) : null}
        </section>
      </div>
    </>
  )
}

function Verify() {
  const { w, count } = useSpeech()
  const verify = useMutation({ mutationFn: api.verifyAudit })
  return (
    <div>
      <button type="button" className="btn" disabled={verify.isPending} onClick={() => verify.mutate()}>
        {w.audit.verify}
      </button>
      <div role="status">
        {verify.data === undefined ? null : verify.data.kind === 'whole' ? (
          <>
            <p>{w.audit.whole(count(verify.data.entries ?? 0))}</p>
            <p className="mono xs soft">{`${verify.data.entries}:${verify.data.hash}`}</p>
          </>
        ) : (
          <p className="harm strong">{w.audit.broken(count(verify.data.position ?? 0))}</p>
        )}
      </div>
      {verify.isError ? <Refusal error={verify.error} /> : null}
    </div>
  )
}

function Entries({ entries }: Readonly<{ entries: Page['entries'] }>) {
  const speech = useSpeech()
  const { w } = speech
  if (entries.length === 0) return <Empty title={w.audit.empty} />
  const actions: Readonly<Record<string, string>> = w.audit.actions
  return (
    <Scroll label={`${w.audit.title}, ${w.table}`}>
      <table>
        <thead>
          <tr>
            <th scope="col">{w.audit.position}</th>
            <th scope="col">{w.audit.at}</th>
            <th scope="col">{w.audit.who}</th>
            <th scope="col">{w.audit.what}</th>
            <th scope="col">{w.audit.about}</th>
            <th scope="col">{w.audit.details}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.position}>
              <td className="soft">{entry.position}</td>
              <td className="nowrap soft">{speech.dayTime(at(entry.at))}</td>
              <td>{entry.actorName ?? actorInWords(entry.actor, w.audit)}</td>
              <td>{actions[entry.action] ?? entry.action}</td>
              <td>{entry.subjectName ?? <span className="mono xs">{entry.subject}</span>}</td>
              <td className="soft xs">
                {Object.entries(entry.details)
                  .map(([name, value]) => `${name}: ${value}`)
                  .join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

/** A key by its prefix, the system by its name; a person who is gone by the id. */
function actorInWords(actor: string, words: Readonly<{ key: (prefix: string) => string; system: string }>): string {
  if (actor.startsWith('key:')) return words.key(actor.slice('key:'.length))
  return actor.startsWith('system:') ? `${words.system} (${actor.slice('system:'.length)})` : actor
}
