import { Link } from 'wouter'
import type { Session } from '../../../contract/show.ts'
import {
  AFTER_DAYS_MAX,
  type GestureRule,
  type GestureRules,
  gestureKinds,
  HOLD_OUT_BOUNDS,
  REST_MONTHS_MAX,
  VOUCHER_MONTHS_BOUNDS,
} from '../../../core/gestures/gesture-rules.ts'
import { type Moment, moments } from '../../../core/gestures/told-moment.ts'
import { gesturesApi } from '../../api-gestures.ts'
import { tellGestureRules } from '../../gesture-rules-told.ts'
import {
  Amount,
  AmountSentence,
  Choice,
  NumberInput,
  NumberSentence,
  Sentence,
  Tick,
} from '../../parts/rule-inputs.tsx'
import { type Editing, RuleSet, Wrong } from '../../parts/rule-set.tsx'
import { TeamBudgets } from '../../parts/team-budgets.tsx'
import type { TeamNames } from '../../rules-told.ts'
import { useTeams } from '../../use-teams.ts'
import { useSpeech } from '../../words.ts'
import { RulesTrial } from './rules-trial.tsx'

const HUNDRED = 100

/** The rules on gestures as versioned data, and what they would have given. */
export function Rules({ currency }: Readonly<{ currency: string; session: Session }>) {
  const speech = useSpeech()
  const g = speech.w.gestures
  const teams = useTeams()
  return (
    <RuleSet
      name="gesture-rules"
      calls={gesturesApi.rules}
      change="gestures.edit"
      tell={(rules) => tellGestureRules(rules, { speech, teams, currency })}
      lead={({ rules }) => g.lead(moments.filter((of) => rules[of].on).length, moments.length)}
    >
      {(editing) => (
        <>
          <p className="soft measure lead-text">
            {g.text}{' '}
            <Link className="q" href="/policy">
              {speech.w.policy.title}
            </Link>
          </p>
          <ByMoment {...editing} {...{ teams, currency }} />
          <Frame {...editing} {...{ teams, currency }} />
          <RulesTrial rules={editing.policy} />
        </>
      )}
    </RuleSet>
  )
}

type Props = Editing<GestureRules> & Readonly<{ teams: TeamNames; currency: string }>

function ByMoment({ policy, change, refused, teams, currency }: Props) {
  const g = useSpeech().w.gestures
  const set = (of: Moment, part: Partial<GestureRule>) =>
    change({ rules: { ...policy.rules, [of]: { ...policy.rules[of], ...part } } })
  return (
    <section aria-labelledby="moments-title" className="band">
      <h2 id="moments-title">{g.rules}</h2>
      <ul className="rules">
        {moments.map((of) => (
          <li key={of}>
            <h3>{g.moments[of]}</h3>
            <RuleSentence of={of} rule={policy.rules[of]} set={(part) => set(of, part)} {...{ teams, currency }} />
            <div className="ticks">
              <Tick
                label={
                  <>
                    <span className="hidden-words">{g.moments[of]}: </span>
                    {g.on}
                  </>
                }
                on={policy.rules[of].on}
                onChange={(on) => set(of, { on })}
              />
              <Wrong refused={refused} at={[`/rules/${of}/costMinor`]} text={g.problem} />
            </div>
          </li>
        ))}
      </ul>
      <p className="quiet xs">
        {g.afterText}{' '}
        <Link className="q" href="/settings">
          {g.wordings}
        </Link>
      </p>
    </section>
  )
}

type SentenceProps = Readonly<{
  of: Moment
  rule: GestureRule
  set: (part: Partial<GestureRule>) => void
  teams: TeamNames
  currency: string
}>

function RuleSentence({ of, rule, set, teams, currency }: SentenceProps) {
  const g = useSpeech().w.gestures
  const name = g.moments[of]
  const everybody = ''
  const known = [everybody, ...new Set([...Object.keys(teams), ...(rule.team === null ? [] : [rule.team])])]
  return (
    <p className="md">
      <Sentence
        text={g.sentence}
        slots={{
          gesture: (
            <Choice
              label={g.setting(name, g.gesture)}
              value={rule.gesture}
              all={gestureKinds}
              names={g.kinds}
              onChange={(gesture) => set({ gesture })}
            />
          ),
          afterDays: (
            <NumberInput
              label={g.setting(name, g.afterDays)}
              value={rule.afterDays}
              min={-AFTER_DAYS_MAX}
              max={AFTER_DAYS_MAX}
              onChange={(afterDays) => set({ afterDays })}
            />
          ),
          cost: (
            <Amount
              label={g.setting(name, g.costOfOne)}
              value={rule.costMinor}
              currency={currency}
              onChange={(costMinor) => set({ costMinor })}
            />
          ),
        }}
      />{' '}
      <Sentence
        text={g.teamSentence}
        slots={{
          team: (
            <Choice
              label={g.setting(name, g.team)}
              value={rule.team ?? everybody}
              all={known}
              names={{
                ...Object.fromEntries(known.map((one) => [one, g.unknownTeam])),
                ...teams,
                [everybody]: g.noTeam,
              }}
              onChange={(team) => set({ team: team === everybody ? null : team })}
            />
          ),
        }}
      />
    </p>
  )
}

function Frame({ policy, change, teams, currency }: Props) {
  const g = useSpeech().w.gestures
  const [least, most] = HOLD_OUT_BOUNDS
  return (
    <section aria-labelledby="frame-title" className="band">
      <h2 id="frame-title">{g.frame}</h2>
      <NumberSentence
        text={g.rest}
        slot="restMonths"
        label={g.restMonths}
        value={policy.restMonths}
        min={1}
        max={REST_MONTHS_MAX}
        onChange={(restMonths) => change({ restMonths })}
      />
      <NumberSentence
        text={g.holdOut}
        slot="share"
        label={g.holdOutShare}
        value={policy.holdOutShare}
        scale={HUNDRED}
        whole={false}
        min={least * HUNDRED}
        max={most * HUNDRED}
        onChange={(holdOutShare) => change({ holdOutShare })}
      />
      <AmountSentence
        text={g.firmMonth}
        slot="amount"
        label={g.firmMonthMinor}
        value={policy.firmMonthMinor}
        currency={currency}
        onChange={(firmMonthMinor) => change({ firmMonthMinor })}
      />
      <AmountSentence
        text={g.mostText}
        slot="amount"
        label={g.mostMinor}
        value={policy.mostMinor}
        currency={currency}
        onChange={(mostMinor) => change({ mostMinor })}
      />
      <NumberSentence
        text={g.voucher}
        slot="voucherMonths"
        label={g.voucherMonths}
        value={policy.voucherMonths}
        min={VOUCHER_MONTHS_BOUNDS[0]}
        max={VOUCHER_MONTHS_BOUNDS[1]}
        onChange={(voucherMonths) => change({ voucherMonths })}
      />
      <h3>{g.budgets}</h3>
      <p className="soft measure">{g.budgetsText}</p>
      <TeamBudgets
        budgets={policy.teamMonthMinor}
        change={(teamMonthMinor) => change({ teamMonthMinor })}
        words={{
          ...{ team: g.team, budget: g.budgetMonth, add: g.addBudget, none: g.noBudgets },
          unknownTeam: g.unknownTeam,
        }}
        {...{ teams, currency }}
      />
    </section>
  )
}
