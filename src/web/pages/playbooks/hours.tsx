import type { CaseRules } from '../../../core/cases/case-rules.ts'
import { type Shift, weekdays } from '../../../core/time/calendar.ts'
import type { HolidayRegion } from '../../../core/time/holidays.ts'
import { DAY_MS } from '../../../core/time/instant.ts'
import { Choice } from '../../parts/rule-inputs.tsx'
import { placed, without } from '../../parts/rule-rows.tsx'
import { type Editing, Wrong } from '../../parts/rule-set.tsx'
import { useSpeech } from '../../words.ts'

const regions: readonly HolidayRegion[] = ['NL', 'DE', 'DE-BY', 'DE-NW', 'BE', 'GB-ENG', 'RU']
const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/
const FIRST_SHIFT: Shift = ['09:00', '17:30']
const DATE_LENGTH = 10

type Props = Editing<CaseRules>

/** When the clocks run: the week, public holidays, and days with hours of their own. */
export function Hours({ policy, change, refused }: Props) {
  const { w, timeZone } = useSpeech()
  const p = w.playbooks
  const { hours } = policy
  return (
    <section aria-labelledby="hours-title" className="band">
      <h2 id="hours-title">{p.hours}</h2>
      <p className="soft measure">{p.hoursText(timeZone)}</p>
      <Wrong refused={refused} at={['/hours', '/closeOfBusiness']} text={p.problems.hours} />
      <Wrong refused={refused} at={['/region']} text={p.problems.region} />
      <dl className="week">
        {weekdays.map((day) => (
          <div key={day}>
            <dt>{p.weekdays[day]}</dt>
            <dd>
              <Shifts
                when={p.weekdays[day]}
                shifts={hours.weekly[day] ?? []}
                onChange={(shifts) => change({ hours: { ...hours, weekly: { ...hours.weekly, [day]: shifts } } })}
              />
            </dd>
          </div>
        ))}
      </dl>
      <p className="md">
        <span aria-hidden="true">{p.region} </span>
        <Choice
          label={p.region}
          value={policy.region ?? 'own'}
          all={['own', ...regions]}
          names={{ ...p.regions, own: p.regionOwn }}
          onChange={(region) => change({ region: region === 'own' ? null : region })}
        />
      </p>
      <p className="md">
        <span aria-hidden="true">{p.closeOfBusiness} </span>
        <Clock
          label={p.closeOfBusiness}
          value={policy.closeOfBusiness}
          onChange={(closeOfBusiness) => change({ closeOfBusiness })}
        />
      </p>
      <Exceptions policy={policy} change={change} refused={refused} />
      {hours.worked.length === 0 ? null : (
        <p>
          {p.worked}: {hours.worked.join(', ')}
        </p>
      )}
    </section>
  )
}

function Exceptions({ policy: { hours }, change }: Props) {
  const { w } = useSpeech()
  const p = w.playbooks
  const days = Object.entries(hours.exceptions)
  const put = (next: readonly (readonly [string, readonly Shift[]])[]) =>
    change({ hours: { ...hours, exceptions: Object.fromEntries(next) } })
  const add = () => {
    const last = days.map(([date]) => Date.parse(date)).reduce((most, one) => Math.max(most, one || 0), Date.now())
    put([...days, [new Date(last + DAY_MS).toISOString().slice(0, DATE_LENGTH), []]])
  }
  return (
    <>
      <h3>{p.exceptions}</h3>
      <p className="soft measure">{p.exceptionsText}</p>
      {days.length === 0 ? <p className="soft">{p.noExceptions}</p> : null}
      <dl className="week">
        {placed(days).map(({ row: [date, shifts], place, key }) => (
          <div key={key}>
            <dt>
              <input
                type="date"
                className="plain-input"
                aria-label={p.date}
                value={date}
                onChange={({ target }) => {
                  // A date that stands already would swallow the other one.
                  const isFree = target.value !== '' && hours.exceptions[target.value] === undefined
                  if (isFree) put(days.map((day, index) => (index === place ? [target.value, day[1]] : day)))
                }}
              />
            </dt>
            <dd>
              <Shifts
                when={date}
                shifts={shifts}
                onChange={(next) => put(days.map((day, index) => (index === place ? [day[0], next] : day)))}
              />
              <button
                type="button"
                className="q"
                aria-label={w.policy.removeOf(date)}
                onClick={() => put(without(days, place))}
              >
                {w.policy.remove}
              </button>
            </dd>
          </div>
        ))}
      </dl>
      <button type="button" className="btn" onClick={add}>
        {p.addException}
      </button>
    </>
  )
}

type ShiftsProps = Readonly<{ when: string; shifts: readonly Shift[]; onChange: (shifts: readonly Shift[]) => void }>

function Shifts({ when, shifts, onChange }: ShiftsProps) {
  const { w } = useSpeech()
  const p = w.playbooks
  const set = (place: number, [opens, closes]: Shift) =>
    onChange(shifts.map((shift, index): Shift => (index === place ? [opens, closes] : shift)))
  return (
    <>
      {shifts.length === 0 ? <span className="soft">{p.closed}</span> : null}
      {placed(shifts).map(({ row: [opens, closes], place, key }) => (
        <span key={key} className="shift">
          <Clock label={p.opensAt(when)} value={opens} onChange={(time) => set(place, [time, closes])} />
          {'\u2013'}
          <Clock label={p.closesAt(when)} value={closes} onChange={(time) => set(place, [opens, time])} />
          <button
            type="button"
            className="q"
            aria-label={w.policy.removeOf(`${when} ${opens}\u2013${closes}`)}
            onClick={() => onChange(without(shifts, place))}
          >
            {w.policy.remove}
          </button>
        </span>
      ))}
      <button
        type="button"
        className="q"
        aria-label={p.addShiftOf(when)}
        onClick={() => onChange([...shifts, FIRST_SHIFT])}
      >
        {p.addShift}
      </button>
    </>
  )
}

type ClockProps = Readonly<{ label: string; value: string; onChange: (value: string) => void }>

/** A time of the wall; typed, because a night may end at 24:00, which no clock of a browser knows. */
function Clock({ label, value, onChange }: ClockProps) {
  const { w } = useSpeech()
  const wrong = !CLOCK.test(value)
  return (
    <span className="amount">
      <input
        className="plain-input"
        aria-label={label}
        aria-invalid={wrong}
        maxLength={5}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      {wrong ? <span className="harm xs">{w.playbooks.clock}</span> : null}
    </span>
  )
}
