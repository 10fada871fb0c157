import { type FormEvent, useState } from 'react'
import type { CaseCommandWish } from '../../../contract/case-wishes.ts'
import type { CasePage } from '../../../contract/cases.ts'
import { HOUR_MS, instant, rfc3339 } from '../../../core/time/instant.ts'
import { at } from '../../dates.ts'
import { Field } from '../../parts/field.tsx'
import { Refusal } from '../../parts/states.tsx'
import { instantOfWall, wallAfter } from '../../wall-time.ts'
import { useSpeech } from '../../words.ts'
import { useWork } from './use-work.ts'

const hours = [1, 4] as const
const MORNING = '09:00'

/** Puts a case to sleep: for some hours, until tomorrow morning, or until any moment on the clock of the firm. */
export function Snooze({ page, done }: Readonly<{ page: CasePage; done: () => void }>) {
  const speech = useSpeech()
  const { w, timeZone } = speech
  const work = useWork()
  const now = at(page.asOf)
  const tomorrow = wallAfter(now, 1, MORNING, timeZone)
  const [until, setUntil] = useState(tomorrow)
  const sleep = (moment: string | undefined) => {
    if (moment === undefined || work.isPending) return
    const command: CaseCommandWish = { kind: 'snooze', until: moment }
    work.mutate({ id: page.id, revision: page.revision, command }, { onSuccess: done })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    sleep(instantOfWall(until, timeZone))
  }
  return (
    <form className="composer" onSubmit={submit}>
      <div className="row">
        {hours.map((one) => (
          <button key={one} type="button" className="btn" onClick={() => sleep(rfc3339(instant(now + one * HOUR_MS)))}>
            {w.cases.snoozeHours(one)}
          </button>
        ))}
        <button type="button" className="btn" onClick={() => sleep(instantOfWall(tomorrow, timeZone))}>
          {w.cases.snoozeTomorrow(MORNING)}
        </button>
      </div>
      <Field label={w.cases.snoozeUntil} hint={w.timeIn(timeZone)}>
        {(field) => (
          <input
            {...field}
            type="datetime-local"
            required
            value={until}
            onChange={({ target }) => {
              work.reset()
              setUntil(target.value)
            }}
          />
        )}
      </Field>
      {work.isError ? <Refusal error={work.error} /> : null}
      <div className="row">
        <button type="submit" className="btn">
          {w.cases.snooze}
        </button>
        <button type="button" className="btn" onClick={done}>
          {w.cancel}
        </button>
      </div>
    </form>
  )
}
