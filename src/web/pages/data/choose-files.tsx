import { useMutation } from '@tanstack/react-query'
import { type DragEvent, useRef, useState } from 'react'
import type { Preview } from '../../../contract/show.ts'
import { api, type Uploaded, upload } from '../../api.ts'
import { bytes } from '../../numbers.ts'
import { Refusal, Waiting } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

type Props = Readonly<{ onFound: (uploaded: Uploaded, preview: Preview) => void }>

/** Files by dropping or choosing; they are sent with progress, and the server says which tables it sees. */
export function ChooseFiles({ onFound }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const input = useRef<HTMLInputElement>(null)
  const [files, setFiles] = useState<readonly File[]>([])
  const [share, setShare] = useState(0)
  const [over, setOver] = useState(false)
  const send = useMutation({
    mutationFn: async (chosen: readonly File[]) => {
      const uploaded = await upload(chosen, setShare)
      return { uploaded, preview: await api.look(uploaded.upload) }
    },
    onSuccess: ({ uploaded, preview }) => onFound(uploaded, preview),
  })
  const take = (list: FileList | null) => {
    if (list === null || list.length === 0 || send.isPending) return
    const chosen = [...list]
    setFiles(chosen)
    setShare(0)
    send.mutate(chosen)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <section>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button below is the first. */}
      <div
        className="drop"
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <p className="md strong">{w.wizard.drop}</p>
        <p className="soft">{w.wizard.dropText}</p>
        <button type="button" className="btn primary large" onClick={() => input.current?.click()}>
          {w.wizard.choose}
        </button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label={w.wizard.choose}
          accept=".csv,.tsv,.txt,.json,.ndjson,.jsonl,.parquet,.xlsx,.gz"
          onChange={(event) => {
            take(event.target.files)
            event.target.value = ''
          }}
        />
      </div>
      {files.length === 0 ? null : (
        <ul className="file-list">
          {files.map((file) => (
            <li key={file.name}>
              {file.name} <span className="quiet">{bytes(speech.language, file.size)}</span>
            </li>
          ))}
        </ul>
      )}
      {send.isPending ? (
        <>
          <div
            className="progress"
            role="progressbar"
            aria-label={w.wizard.choose}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(share * 100)}
          >
            <i style={{ width: `${share * 100}%` }} />
          </div>
          <p className="soft">{share < 1 ? w.wizard.sending(speech.percent(share)) : w.wizard.looking}</p>
          {share < 1 ? null : <Waiting />}
        </>
      ) : null}
      {send.isError ? <Refusal error={send.error} again={() => send.mutate(files)} /> : null}
    </section>
  )
}
