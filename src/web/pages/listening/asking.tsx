import { Link } from 'wouter'
import {
  type AskingOccasion,
  type AskingRule,
  type AskingRules,
  askingChannels,
  askingOccasions,
  EVERY_MONTHS_MAX,
  kindsFor,
  REST_DAYS_MAX,
  WAIT_HOURS_MAX,
} from '../../../core/listening/asking-rules.ts'
import { listeningApi } from '../../api-listening.ts'
import { useMay } from '../../may.ts'
import { Choice, NumberInput, Sentence, Tick } from '../../parts/rule-inputs.tsx'
import { type Editing, RuleSet, Wrong } from '../../parts/rule-set.tsx'
import { tellAskingRules } from '../../rules-told.ts'
import { useSpeech } from '../../words.ts'
import { AskOne } from './ask-one.tsx'
import { AskingTrial } from './asking-trial.tsx'
import { Came } from './came.tsx'

const HOURS_OF_DAY = 24
/** From here on hours are told in days as well. */
const IN_DAYS_MIN = 48

/** Whom the firm asks by itself: rules as versioned data, whom they would have asked, and what came of them. */
export function Asking() {
  const speech = useSpeech()
  const { w } = speech
  const may = useMay()
  return (
    <>
      <Came />
      {may('surveys.edit') ? <AskOne /> : null}
      <RuleSet
        name="asking-rules"
        calls={listeningApi.askingRules}
        change="surveys.edit"
        tell={(rules) => tellAskingRules(rules, speech)}
        lead={({ rules }) => w.asking.lead(askingOccasions.filter((of) => rules[of].on).length, askingOccasions.length)}
      >
        {(editing) => (
          <>
            <p className="soft measure">
              {w.asking.text}{' '}
              <Link className="q" href="/policy">
                {w.policy.title}
              </Link>
            </p>
            <Rules {...editing} />
            <AskingTrial rules={editing.policy} />
          </>
        )}
      </RuleSet>
    </>
  )
}

function Rules({ policy, change, refused }: Editing<AskingRules>) {
  const { w } = useSpeech()
  const a = w.asking
  const set = (of: AskingOccasion, part: Partial<AskingRule>) =>
    change({ rules: { ...policy.rules, [of]: { ...policy.rules[of], ...part } } })
  return (
    <section aria-labelledby="asking-title" className="band">
      <h2 id="asking-title">{a.rules}</h2>
      <ul className="rules">
        {askingOccasions.map((of) => (
          <li key={of}>
            <h3>{a.occasions[of].name}</h3>
            <p className="md">
              <RuleSentence of={of} rule={policy.rules[of]} set={(part) => set(of, part)} />{' '}
              {of === 'subscription month' ? (
                <Sentence
                  text={a.months}
                  slots={{
                    everyMonths: (
                      <NumberInput
                        label={a.everyMonths}
                        value={policy.everyMonths}
                        min={1}
                        max={EVERY_MONTHS_MAX}
                        onChange={(everyMonths) => change({ everyMonths })}
                      />
                    ),
                  }}
                />
              ) : null}
            </p>
            <div className="ticks">
              <Tick
                label={
                  <>
                    <span className="hidden-words">{a.occasions[of].name}: </span>
                    {a.on}
                  </>
                }
                on={policy.rules[of].on}
                onChange={(on) => set(of, { on })}
              />
              <Wrong refused={refused} at={[`/rules/${of}/kind`]} text={a.problem} />
            </div>
          </li>
        ))}
      </ul>
      <p className="quiet xs">{a.channelText}</p>
    </section>
  )
}

type SentenceProps = Readonly<{
  of: AskingOccasion
  rule: AskingRule
  set: (part: Partial<AskingRule>) => void
}>

function RuleSentence({ of, rule, set }: SentenceProps) {
  const { w, decimal } = useSpeech()
  const a = w.asking
  const { name, when } = a.occasions[of]
  const days = decimal(rule.waitHours / HOURS_OF_DAY, rule.waitHours % HOURS_OF_DAY === 0 ? 0 : 1)
  return (
    <>
      <Sentence
        text={a.sentence}
        slots={{
          kind: (
            <Choice
              label={a.setting(name, a.kind)}
              value={rule.kind}
              all={kindsFor(of)}
              names={w.listening.kinds}
              onChange={(kind) => set({ kind })}
            />
          ),
          channel: (
            <Choice
              label={a.setting(name, a.channel)}
              value={rule.channel}
              all={askingChannels}
              names={w.policy.channels}
              onChange={(channel) => set({ channel })}
            />
          ),
          waitHours: (
            <NumberInput
              label={a.setting(name, a.waitHours)}
              value={rule.waitHours}
              min={0}
              max={WAIT_HOURS_MAX}
              onChange={(waitHours) => set({ waitHours })}
            />
          ),
          days: rule.waitHours >= IN_DAYS_MIN ? <span className="quiet xs">{a.inDays(days)}</span> : '',
          when,
        }}
      />{' '}
      <Sentence
        text={a.rest}
        slots={{
          restDays: (
            <NumberInput
              label={a.setting(name, a.restDays)}
              value={rule.restDays}
              min={0}
              max={REST_DAYS_MAX}
              onChange={(restDays) => set({ restDays })}
            />
          ),
        }}
      />
    </>
  )
}
