import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { curlOf } from '../../curl.ts'
import { CopyText } from '../../parts/copy-text.tsx'
import { Refusal } from '../../parts/states.tsx'
import { useStatus } from '../../shell.tsx'
import { useSpeech } from '../../words.ts'

const COUNT_MS = 2_000

/** A key and a command that works as it stands, and the count of what has arrived since. */
export function SendEvents({ received }: Readonly<{ received: number }>) {
  const { w } = useSpeech()
  const [before, setBefore] = useState(received)
  const create = useMutation({
    mutationFn: () => api.createKey(w.first.sendTitle, ['ingest']),
    onMutate: () => setBefore(received),
  })
  return (
    <section aria-labelledby="way-send">
      <h2 id="way-send">{w.first.sendTitle}</h2>
      <p className="md soft">{w.first.sendText}</p>
      {create.data === undefined ? (
        <>
          {create.isError ? <Refusal error={create.error} /> : null}
          <button type="button" className="btn large" onClick={() => create.mutate()}>
            {w.first.sendButton}
          </button>
        </>
      ) : (
        <>
          <CopyText text={curlOf(location.origin, create.data.key, Date.now())} label={w.first.sendTitle} />
          <p className="xs quiet">{w.first.sendKeyOnce}</p>
          <Count before={before} />
        </>
      )}
    </section>
  )
}

function Count({ before }: Readonly<{ before: number }>) {
  const { w } = useSpeech()
  const status = useStatus(COUNT_MS)
  const amount = Math.max(0, (status.data?.events ?? before) - before)
  return (
    <p role="status">
      <b className={amount > 0 ? 'repair' : undefined}>{w.first.received(amount)}</b>{' '}
      <span className="quiet xs">{w.first.listening}</span>
    </p>
  )
}
