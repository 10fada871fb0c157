import {
  type ContactPolicy,
  capWindows,
  consentNeeds,
  contactPurposes,
  isOwed,
} from '../../../core/contact/contact-policy.ts'
import { channels } from '../../../core/relationship/vocabulary.ts'
import { ChannelChecks, Checks, Choice, NumberInput, Tick } from '../../parts/rule-inputs.tsx'
import { NameInput, placed, Remove, RowTable, replacedAt, without } from '../../parts/rule-rows.tsx'
import { clockText, minuteOfClock } from '../../policy-told.ts'
import { useSpeech } from '../../words.ts'

/** The rules as they are being changed. */
export type Editing = Readonly<{ policy: ContactPolicy; change: (part: Partial<ContactPolicy>) => void }>

const CAP_MAX = 32
/** Which word of the customer each channel needs. */
export function ConsentNeeds({ policy, change }: Editing) {
  const { w } = useSpeech()
  return (
    <div className="needs">
      {channels.map((channel) => (
        <div key={channel}>
          <span>{w.policy.channels[channel]}</span>
          <Choice
            label={w.policy.needOf(w.policy.channels[channel])}
            value={policy.consent[channel]}
            all={consentNeeds}
            names={w.policy.needs}
            onChange={(need) => change({ consent: { ...policy.consent, [channel]: need } })}
          />
        </div>
      ))}
    </div>
  )
}

/** Limits on how often, as a table. */
export function Caps({ policy: { caps }, change }: Editing) {
  const { w } = useSpeech()
  const set = (place: number, part: Partial<ContactPolicy['caps'][number]>) =>
    change({ caps: replacedAt(caps, place, part) })
  const ways = ['all', ...channels] as const
  const names = { ...w.policy.channels, all: w.policy.allChannels }
  const head = [w.policy.capChannel, w.policy.capPer, w.policy.capMax, { name: w.policy.remove, heard: true }]
  return (
    <RowTable
      label={w.policy.rule.cap.name}
      head={head}
      empty={w.policy.noCaps}
      count={caps.length}
      add={w.policy.addCap}
      onAdd={() => change({ caps: [...caps, { channel: 'email', per: 'month', max: 4 }] })}
    >
      {placed(caps).map(({ row, place, key }) => (
        <tr key={key}>
          <td>
            <Choice
              label={w.policy.capChannel}
              value={row.channel ?? 'all'}
              all={ways}
              names={names}
              onChange={(way) => set(place, { channel: way === 'all' ? null : way })}
            />
          </td>
          <td>
            <Choice
              label={w.policy.capPer}
              value={row.per}
              all={capWindows}
              names={w.policy.windows}
              onChange={(per) => set(place, { per })}
            />
          </td>
          <td>
            <NumberInput
              label={`${w.policy.capMax}: ${names[row.channel ?? 'all']}, ${w.policy.windows[row.per]}`}
              value={row.max}
              min={0}
              max={CAP_MAX}
              onChange={(max) => set(place, { max })}
            />
          </td>
          <Remove
            what={`${names[row.channel ?? 'all']}, ${w.policy.windows[row.per]}`}
            act={() => change({ caps: without(caps, place) })}
          />
        </tr>
      ))}
    </RowTable>
  )
}

/** Categories in which unasked offers to stay were shown to help. */
export function ShownUplift({ policy: { shownUplift }, change }: Editing) {
  const { w } = useSpeech()
  const set = (place: number, part: Partial<ContactPolicy['shownUplift'][number]>) =>
    change({ shownUplift: replacedAt(shownUplift, place, part) })
  return (
    <RowTable
      label={w.policy.rule.uplift.name}
      head={[w.policy.upliftCategory, w.policy.upliftBound, { name: w.policy.remove, heard: true }]}
      empty={w.policy.noUplift}
      count={shownUplift.length}
      add={w.policy.addUplift}
      onAdd={() => change({ shownUplift: [...shownUplift, { category: '', lowerBound: 0 }] })}
    >
      {placed(shownUplift).map(({ row, place, key }) => (
        <tr key={key}>
          <td>
            <NameInput
              label={w.policy.upliftCategory}
              value={row.category}
              onChange={(category) => set(place, { category })}
            />
          </td>
          <td>
            <NumberInput
              label={`${w.policy.upliftBound}: ${row.category}`}
              value={row.lowerBound}
              scale={100}
              whole={false}
              onChange={(lowerBound) => set(place, { lowerBound })}
            />
          </td>
          <Remove
            what={row.category || w.policy.unnamed}
            act={() => change({ shownUplift: without(shownUplift, place) })}
          />
        </tr>
      ))}
    </RowTable>
  )
}

/** Who is left without, for which experiment and which purposes. */
export function HoldOuts({ policy: { holdOuts }, change }: Editing) {
  const { w } = useSpeech()
  const set = (place: number, part: Partial<ContactPolicy['holdOuts'][number]>) =>
    change({ holdOuts: replacedAt(holdOuts, place, part) })
  const purposes = contactPurposes.filter((purpose) => !isOwed(purpose))
  return (
    <RowTable
      label={w.policy.rule['hold-out'].name}
      head={[w.policy.holdOutName, w.policy.holdOutShare, w.policy.purpose, { name: w.policy.remove, heard: true }]}
      empty={w.policy.noHoldOuts}
      count={holdOuts.length}
      add={w.policy.addHoldOut}
      onAdd={() => change({ holdOuts: [...holdOuts, { experiment: '', purposes: [], share: 0.1 }] })}
    >
      {placed(holdOuts).map(({ row, place, key }) => (
        <tr key={key}>
          <td>
            <NameInput
              label={w.policy.holdOutName}
              value={row.experiment}
              onChange={(experiment) => set(place, { experiment })}
            />
          </td>
          <td>
            <NumberInput
              label={`${w.policy.holdOutShare}: ${row.experiment}`}
              value={row.share}
              scale={100}
              min={0}
              max={100}
              whole={false}
              onChange={(share) => set(place, { share })}
            />
          </td>
          <td>
            <Checks
              legend={w.policy.holdOutPurposes(row.experiment || w.policy.unnamed)}
              all={purposes}
              names={w.policy.purposes}
              chosen={row.purposes}
              onChange={(chosen) => set(place, { purposes: chosen })}
            />
          </td>
          <Remove
            what={row.experiment || w.policy.unnamed}
            act={() => change({ holdOuts: without(holdOuts, place) })}
          />
        </tr>
      ))}
    </RowTable>
  )
}

/** When and by which ways nothing goes. */
export function Quiet({ policy: { quiet }, change }: Editing) {
  const { w } = useSpeech()
  const set = (part: Partial<ContactPolicy['quiet']>) => change({ quiet: { ...quiet, ...part } })
  const clocks = [
    ['fromMinute', w.policy.quietFrom],
    ['untilMinute', w.policy.quietUntil],
  ] as const
  return (
    <>
      <ChannelChecks
        legend={w.policy.quietBy}
        chosen={quiet.channels}
        onChange={(chosen) => set({ channels: chosen })}
      />
      <div className="row">
        {clocks.map(([name, label]) => (
          <label key={name}>
            {label}{' '}
            <input
              type="time"
              className="plain-input"
              required
              aria-invalid={Number.isNaN(quiet[name])}
              value={clockText(quiet[name])}
              onChange={({ target }) => set({ [name]: minuteOfClock(target.value) })}
            />{' '}
            {Number.isNaN(quiet[name]) ? <span className="harm xs">{w.policy.needsTime}</span> : null}
          </label>
        ))}
        <Tick label={w.policy.sundays} on={quiet.sundays} onChange={(sundays) => set({ sundays })} />
        <Tick label={w.policy.holidays} on={quiet.holidays} onChange={(holidays) => set({ holidays })} />
      </div>
      {quiet.fromMinute === quiet.untilMinute ? <p className="quiet xs">{w.policy.quietSame}</p> : null}
    </>
  )
}
