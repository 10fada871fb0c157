import type { ReactNode } from 'react'
import type { PolicyTrial } from '../../../contract/decide.ts'
import { type ContactRule, contactRules } from '../../../core/contact/may-contact.ts'
import { ChannelChecks, NumberInput, Sentence } from '../../parts/rule-inputs.tsx'
import { useSpeech } from '../../words.ts'
import { Caps, ConsentNeeds, type Editing, HoldOuts, Quiet, ShownUplift } from './rule-lists.tsx'

const DAYS_MAX = 3_650
/** The state of a customer keeps the offers of so many days, and so many of them. */
const OFFER_DAYS_MAX = 90
const OFFERS_MAX = 32

/** What is law cannot be set; what is built in has no number; all else is the firm's. */
const standings: Readonly<Partial<Record<ContactRule, 'law' | 'fixed'>>> = {
  erased: 'law',
  objection: 'law',
  'no-consent': 'law',
  bereavement: 'fixed',
  'winback-spent': 'fixed',
  'open-failure': 'fixed',
  'said-no': 'fixed',
}

type Props = Editing & Readonly<{ mayEdit: boolean; trial: PolicyTrial | undefined; days: number }>

/** Every rule, strongest first: a sentence whose numbers are changed in place, whose it is, and how often it spoke. */
export function Rules({ policy, change, mayEdit, trial, days }: Props) {
  const speech = useSpeech()
  const { w } = speech
  const spoke = new Map(trial?.byRule.map(({ rule, messages }) => [rule, messages]))
  return (
    <section aria-labelledby="rules-title" className="band">
      <h2 id="rules-title">{w.policy.rules}</h2>
      <p className="soft measure">{w.policy.rulesText}</p>
      {mayEdit ? null : <p className="strong">{w.policy.readOnly}</p>}
      {/* A fieldset that is disabled keeps every value readable and takes no change. */}
      <fieldset disabled={!mayEdit}>
        <legend className="hidden-words">{w.policy.rules}</legend>
        <ol className="rules">
          {contactRules.map((rule) => (
            <li key={rule} id={`rule-${rule}`}>
              <h3>{w.policy.rule[rule].name}</h3>
              <div className="stack">
                <p className="md">
                  <Sentence text={w.policy.rule[rule].text} slots={slotsOf({ policy, change }, speech)} />
                </p>
                <Parts rule={rule} policy={policy} change={change} />
              </div>
              <div className="standing">
                <span className="tag">{w.policy.standing[standings[rule] ?? 'firm']}</span>
                <Held messages={spoke.get(rule) ?? 0} days={days} />
              </div>
            </li>
          ))}
        </ol>
      </fieldset>
    </section>
  )
}

/** How often a rule held a message back; nothing where it never did. */
function Held({ messages, days }: Readonly<{ messages: number; days: number }>) {
  const { w } = useSpeech()
  return messages === 0 ? null : <span className="quiet xs">{w.policy.spoke(messages, days)}</span>
}

function slotsOf(
  { policy, change }: Editing,
  { w }: ReturnType<typeof useSpeech>,
): Readonly<Record<string, ReactNode>> {
  const days = (
    name:
      | 'exitSilenceDays'
      | 'winbackClearDays'
      | 'doubleDeviationDays'
      | 'toleranceDays'
      | 'restDays'
      | 'surveyRestDays',
    max = DAYS_MAX,
  ) => (
    <>
      <NumberInput
        label={w.policy.fields[name]}
        value={policy[name]}
        min={0}
        max={max}
        onChange={(value) => change({ [name]: value })}
      />{' '}
      {w.policy.day(Number.isNaN(policy[name]) ? 0 : policy[name])}
    </>
  )
  const ignored = (manner: 'phone' | 'email' | 'post') => (
    <NumberInput
      label={w.policy.fields[manner]}
      value={policy.tolerance[manner]}
      min={0}
      max={OFFERS_MAX}
      onChange={(value) => change({ tolerance: { ...policy.tolerance, [manner]: value } })}
    />
  )
  return {
    exitSilenceDays: days('exitSilenceDays'),
    winbackClearDays: days('winbackClearDays'),
    doubleDeviationDays: days('doubleDeviationDays'),
    toleranceDays: days('toleranceDays', OFFER_DAYS_MAX),
    restDays: days('restDays', OFFER_DAYS_MAX),
    surveyRestDays: days('surveyRestDays'),
    phone: ignored('phone'),
    email: ignored('email'),
    post: ignored('post'),
    neverAskedShare: (
      <>
        <NumberInput
          label={w.policy.fields.neverAskedShare}
          value={policy.neverAskedShare}
          scale={100}
          min={0}
          max={100}
          whole={false}
          onChange={(neverAskedShare) => change({ neverAskedShare })}
        />
        {' %'}
      </>
    ),
  }
}

/** What a rule has beside its sentence. */
function Parts({ rule, policy, change }: Editing & Readonly<{ rule: ContactRule }>) {
  const { w } = useSpeech()
  switch (rule) {
    case 'no-consent':
      return <ConsentNeeds policy={policy} change={change} />
    case 'double-deviation':
      return (
        <ChannelChecks
          legend={w.policy.humans}
          chosen={policy.humanChannels}
          onChange={(humanChannels) => change({ humanChannels })}
        />
      )
    case 'uplift':
      return <ShownUplift policy={policy} change={change} />
    case 'cap':
      return <Caps policy={policy} change={change} />
    case 'quiet-hours':
      return <Quiet policy={policy} change={change} />
    case 'hold-out':
      return <HoldOuts policy={policy} change={change} />
    default:
      return null
  }
}
