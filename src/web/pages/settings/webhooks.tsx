import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import type { WebhookEndpoint } from '../../../contract/outbox.ts'
import { type WebhookType, webhookTypes } from '../../../core/contact/outbox.ts'
import { api } from '../../api.ts'
import { at } from '../../dates.ts'
import { CopyText } from '../../parts/copy-text.tsx'
import { Loaded, Refusal } from '../../parts/states.tsx'
import { useSpeech } from '../../words.ts'
import { Deliveries } from './deliveries.tsx'

/** Where events go: add, test, change the secret, look at deliveries, turn off, remove. */
export function Webhooks({ mayEdit }: Readonly<{ mayEdit: boolean }>) {
  const { w } = useSpeech()
  const webhooks = useQuery({ queryKey: ['webhooks'], queryFn: api.webhooks })
  return (
    <section aria-labelledby="webhooks-title">
      <h2 id="webhooks-title">{w.hooks.title}</h2>
      <p className="soft">{w.hooks.text}</p>
      <Loaded query={webhooks}>
        {(list) =>
          list.length === 0 ? (
            <p>{w.hooks.none}</p>
          ) : (
            <div className="outbox">
              {list.map((one) => (
                <Endpoint key={one.id} of={one} mayEdit={mayEdit} />
              ))}
            </div>
          )
        }
      </Loaded>
      {mayEdit ? <NewWebhook /> : null}
    </section>
  )
}

function Endpoint({ of, mayEdit }: Readonly<{ of: WebhookEndpoint; mayEdit: boolean }>) {
  const speech = useSpeech()
  const { w } = speech
  const [open, setOpen] = useState(false)
  return (
    <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="two-parts">
        <span className="strong anywhere">{of.url}</span>
        <span className={of.on ? 'soft' : 'harm'}>{of.on ? w.hooks.on : w.hooks.off}</span>
      </summary>
      {open ? (
        <div className="whole">
          <p>{of.events.map((type) => w.hooks.types[type]).join(', ')}</p>
          {of.formerSecretUntil !== null && at(of.formerSecretUntil) > Date.now() ? (
            <p className="soft">{w.hooks.former(speech.dayTime(at(of.formerSecretUntil)))}</p>
          ) : null}
          {mayEdit ? <Actions of={of} /> : null}
          <Deliveries endpoint={of} mayEdit={mayEdit} />
        </div>
      ) : null}
    </details>
  )
}

function Actions({ of }: Readonly<{ of: WebhookEndpoint }>) {
  const { w } = useSpeech()
  const client = useQueryClient()
  const onSettled = () => client.invalidateQueries({ queryKey: ['webhooks'] })
  const rotate = useMutation({ mutationFn: () => api.rotateSecret(of.id), onSettled })
  const test = useMutation({ mutationFn: () => api.testWebhook(of.id), onSettled })
  const turn = useMutation({
    mutationFn: () => api.changeWebhook(of.id, { url: of.url, events: of.events, on: !of.on }),
    onSettled,
  })
  const remove = useMutation({ mutationFn: () => api.removeWebhook(of.id), onSettled })
  const buttons = [
    { words: w.hooks.test, act: () => test.mutate() },
    { words: w.hooks.rotate, act: () => rotate.mutate() },
    { words: of.on ? w.hooks.turnOff : w.hooks.turnOn, act: () => turn.mutate() },
    // Only what is off is removed: two steps, and the first can be undone.
    ...(of.on ? [] : [{ words: w.hooks.remove, act: () => remove.mutate() }]),
  ]
  const failed = [rotate, test, turn, remove].find(({ isError }) => isError)
  return (
    <>
      <div className="row">
        {buttons.map(({ words, act }) => (
          <button key={words} type="button" className="btn" aria-label={w.hooks.of(words, of.url)} onClick={act}>
            {words}
          </button>
        ))}
      </div>
      {failed === undefined ? null : <Refusal error={failed.error} />}
      {rotate.data === undefined ? null : (
        <div role="status">
          <p className="strong">{w.hooks.secret}</p>
          <CopyText text={rotate.data.secret} label={of.url} />
        </div>
      )}
    </>
  )
}

function NewWebhook() {
  const { w } = useSpeech()
  const id = useId()
  const client = useQueryClient()
  const [url, setUrl] = useState('')
  const [events, setEvents] = useState<readonly WebhookType[]>([])
  const add = useMutation({
    mutationFn: () => api.addWebhook(url.trim(), events),
    onSuccess: async () => {
      setUrl('')
      setEvents([])
      await client.invalidateQueries({ queryKey: ['webhooks'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!add.isPending) add.mutate()
  }
  const toggle = (type: WebhookType, on: boolean) =>
    setEvents(webhookTypes.filter((known) => (known === type ? on : events.includes(known))))
  return (
    <form className="form new-webhook" onSubmit={submit}>
      <div className="field">
        <label htmlFor={id}>{w.hooks.url}</label>
        <input
          id={id}
          type="url"
          required
          maxLength={2_000}
          aria-describedby={`${id}-hint`}
          value={url}
          onChange={({ target }) => setUrl(target.value)}
        />
        <span className="hint" id={`${id}-hint`}>
          {w.hooks.urlHint}
        </span>
      </div>
      <fieldset className="checks">
        <legend>{w.hooks.events}</legend>
        {webhookTypes.map((type) => (
          <label key={type}>
            <input
              type="checkbox"
              checked={events.includes(type)}
              onChange={({ target }) => toggle(type, target.checked)}
            />
            {w.hooks.types[type]}
          </label>
        ))}
      </fieldset>
      <button type="submit" className="btn">
        {w.hooks.add}
      </button>
      {add.isError ? <Refusal error={add.error} /> : null}
      {add.data === undefined ? null : (
        <div role="status">
          <p className="strong">{w.hooks.secret}</p>
          <CopyText text={add.data.secret} label={w.hooks.title} />
        </div>
      )}
    </form>
  )
}
