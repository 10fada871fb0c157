import { type FormEvent, useState } from 'react'
import { useSpeech } from '../../words.ts'

const channels = ['phone', 'email', 'post', 'chat', 'sms', 'app', 'visit'] as const

type Props = Readonly<{ count: number; send: (channel: (typeof channels)[number]) => void }>

/** Tries to reach the customer: after two of them a case may close without an answer. */
export function Tries({ count, send }: Props) {
  const { w } = useSpeech()
  const [channel, setChannel] = useState<(typeof channels)[number]>('phone')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send(channel)
  }
  return (
    <form className="row" onSubmit={submit}>
      <label className="row">
        <span>{w.cases.tried}</span>
        <select
          className="plain-select"
          value={channel}
          onChange={({ target }) => setChannel(channels.find((one) => one === target.value) ?? 'phone')}
        >
          {channels.map((one) => (
            <option key={one} value={one}>
              {w.cases.channels[one]}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="btn">
        {w.cases.addTry}
      </button>
      <span className="quiet xs">{w.cases.tries(count)}</span>
    </form>
  )
}
