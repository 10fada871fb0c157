import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { MessageWording } from '../../../contract/outbox.ts'
import { sampleValues, writeMessage, wrongText } from '../../../contract/write-message.ts'
import { messageKinds } from '../../../core/contact/outbox.ts'
import { api } from '../../api.ts'
import { languageNames, languages } from '../../language.ts'
import { Letter } from '../../parts/letter.tsx'
import { Loaded, Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'

/** What messages say: choose one, read it as it will be, word it oneself, go back. */
export function Wording({ mayEdit }: Readonly<{ mayEdit: boolean }>) {
  const { w, language: spoken } = useSpeech()
  const id = useId()
  const [kind, setKind] = useState<MessageWording['kind']>(messageKinds[0])
  const [language, setLanguage] = useState<MessageWording['language']>(spoken)
  const wordings = useQuery({ queryKey: ['mail', 'wordings'], queryFn: api.wordings, refetchOnWindowFocus: false })
  return (
    <>
      <h3>{w.mail.wording}</h3>
      <div className="row">
        <div className="field">
          <label htmlFor={`${id}-kind`}>{w.mail.kind}</label>
          <select
            id={`${id}-kind`}
            value={kind}
            onChange={({ target }) => setKind(messageKinds.find((one) => one === target.value) ?? kind)}
          >
            {messageKinds.map((one) => (
              <option key={one} value={one}>
                {w.outbox.kinds[one]}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor={`${id}-language`}>{w.mail.language}</label>
          <select
            id={`${id}-language`}
            value={language}
            onChange={({ target }) => setLanguage(languages.find((one) => one === target.value) ?? language)}
          >
            {languages.map((one) => (
              <option key={one} value={one}>
                {languageNames[one]}
              </option>
            ))}
          </select>
        </div>
      </div>
      <Loaded query={wordings}>
        {(list) => {
          const found = list.find((one) => one.kind === kind && one.language === language)
          return found === undefined ? null : (
            <Editor key={`${kind} ${language} ${found.version}`} of={found} mayEdit={mayEdit} />
          )
        }}
      </Loaded>
    </>
  )
}

function Editor({ of, mayEdit }: Readonly<{ of: MessageWording; mayEdit: boolean }>) {
  const { w } = useSpeech()
  const id = useId()
  const client = useQueryClient()
  const [subject, setSubject] = useState(of.subject)
  const [body, setBody] = useState(of.body)
  const save = useMutation({
    mutationFn: (text: Readonly<{ subject: string; body: string }>) => api.saveWording(of.kind, of.language, text),
    onSuccess: () => client.invalidateQueries({ queryKey: ['mail', 'wordings'] }),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ subject, body })
  }
  const must = of.fields.flatMap(({ name, required }) => (required ? [`{${name}}`] : []))
  return (
    <div className="wording">
      {mayEdit ? (
        <form className="form" onSubmit={submit}>
          <p className="soft">{of.version === 0 ? w.mail.ours : w.mail.own(of.version)}</p>
          <div className="field">
            <label htmlFor={`${id}-subject`}>{w.mail.subject}</label>
            <input
              id={`${id}-subject`}
              lang={of.language}
              value={subject}
              maxLength={200}
              onChange={({ target }) => setSubject(target.value)}
            />
          </div>
          <div className="field">
            <label htmlFor={`${id}-body`}>{w.mail.body}</label>
            <textarea
              id={`${id}-body`}
              className="source"
              lang={of.language}
              rows={14}
              aria-describedby={`${id}-hint`}
              value={body}
              onChange={({ target }) => setBody(target.value)}
            />
            <span className="hint" id={`${id}-hint`}>
              {w.mail.wordingText} {w.mail.must}: {must.join(' ')}
            </span>
          </div>
          {save.isError ? <Refusal error={save.error} /> : null}
          <div className="row">
            <button type="submit" className="btn">
              {w.mail.saveWording}
            </button>
            {of.version === 0 ? null : (
              <button type="button" className="btn" onClick={() => save.mutate({ subject: '', body: '' })}>
                {w.mail.useOurs}
              </button>
            )}
          </div>
        </form>
      ) : null}
      <Preview of={of} subject={subject} body={body} />
    </div>
  )
}

function Preview({ of, subject, body }: Readonly<{ of: MessageWording; subject: string; body: string }>) {
  const { w } = useSpeech()
  const wrong = wrongText(of.kind, of.language, { subject, body })
  const written = writeMessage({
    kind: of.kind,
    language: of.language,
    values: sampleValues(of.kind),
    firm: '',
    timeZone: 'UTC',
    own: { subject, body },
  })
  return (
    <div>
      <p className="strong">{w.mail.preview}</p>
      {wrong === undefined ? null : (
        <p className="harm" role="status">
          {wrong.detail}
        </p>
      )}
      {written.kind === 'refused' ? null : <Letter of={{ ...written, language: of.language }} heading="h4" />}
    </div>
  )
}
