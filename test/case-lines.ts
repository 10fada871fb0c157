/** Cases played from lines of given, when, then; and random runs of commands. */
import fc from 'fast-check'
import { expect } from 'vitest'
import type { CasePolicy } from '../src/core/cases/case-clocks.ts'
import type { Actor, CaseCommand } from '../src/core/cases/case-command.ts'
import type { CaseEntry } from '../src/core/cases/case-entry.ts'
import { decide } from '../src/core/cases/decide-case.ts'
import { check, initial, type RecoveryCase } from '../src/core/cases/recovery-case.ts'
import { customerKey } from '../src/core/ids.ts'
import { DAY_MS, type Instant, instant, instantOf, MINUTE_MS } from '../src/core/time/instant.ts'

/** A Monday. */
export const opened = instantOf('2026-06-15T09:00:00Z')
export const past = (minutes: number): Instant => instant(opened + Math.round(minutes * MINUTE_MS))

const hours = {
  acknowledge: 60,
  own: 120,
  apologise: 240,
  'agree remedy': 480,
  fix: 960,
  compensate: 960,
  confirm: 480,
  close: 480,
}
const always = [['00:00', '24:00']] as const
export const policy: CasePolicy = {
  calendar: {
    zone: 'UTC',
    weekly: { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always },
  },
  minutes: { minor: hours, major: hours, critical: hours },
  warnShare: 0.75,
  managerAfterMinutes: 60,
  workMinutes: {
    ...hours,
    acknowledge: 2,
    own: 1,
    apologise: 3,
    'agree remedy': 10,
    fix: 20,
    compensate: 4,
    confirm: 5,
    close: 5,
    'follow up': 5,
  },
  legalWarnMs: 3 * DAY_MS,
}

export const opening = (
  more: Partial<Extract<CaseEntry, { kind: 'opened' }>> = {},
): Extract<CaseEntry, { kind: 'opened' }> => ({
  id: '0',
  at: opened,
  by: 'rule',
  kind: 'opened',
  isReported: true,
  case: 'k1',
  customer: customerKey('c'),
  failure: 'f',
  openedBy: 'rule',
  severity: 'major',
  category: 'late-delivery',
  lossMinor: 5_000,
  currency: 'EUR',
  atFault: 'firm',
  incident: null,
  team: null,
  isDoubleDeviation: false,
  ...more,
})

/** Somebody promised an answer. */
export const promised = (at: Instant, due: Instant): CaseEntry => ({
  id: `promised ${due}`,
  at,
  by: 'ann',
  kind: 'promised',
  promise: 'answer',
  what: 'an answer',
  due,
  owner: 'ann',
})

export const actors: Readonly<Record<string, Actor>> = {
  ann: { kind: 'person', id: 'ann', isSenior: false },
  sue: { kind: 'person', id: 'sue', isSenior: true },
  she: { kind: 'customer' },
  rule: { kind: 'automation', id: 'rule' },
}

export const remedy = (valueMinor: number, fixBy: Instant | null = past(2 * 1_440)) => ({
  what: 'new part',
  fixBy,
  valueMinor,
  form: 'money',
})

const commands: Readonly<Record<string, CaseCommand>> = {
  acknowledge: { kind: 'acknowledge' },
  own: { kind: 'own' },
  apologise: { kind: 'apologise', isSpecific: true },
  'sorry for any trouble': { kind: 'apologise', isSpecific: false },
  agree: { kind: 'agree remedy', remedy: remedy(0) },
  'agree undated': { kind: 'agree remedy', remedy: remedy(0, null) },
  'agree 50': { kind: 'agree remedy', remedy: remedy(5_000) },
  'agree yesterday': { kind: 'agree remedy', remedy: remedy(0, past(-1_440)) },
  fix: { kind: 'fix', how: 'new part' },
  'pay 50': { kind: 'compensate', valueMinor: 5_000, form: 'money' },
  'pay 20': { kind: 'compensate', valueMinor: 2_000, form: 'money' },
  'pay 0': { kind: 'compensate', valueMinor: 0, form: 'money' },
  call: { kind: 'try to reach', channel: 'phone' },
  yes: { kind: 'confirm', satisfied: true },
  no: { kind: 'confirm', satisfied: false },
  close: { kind: 'close', rootCause: 'supplier' },
  'close blank': { kind: 'close', rootCause: ' ' },
  follow: { kind: 'follow up', satisfied: true },
  'follow bad': { kind: 'follow up', satisfied: false },
  reopen: { kind: 'reopen', reason: 'broken again', isReported: false },
  wait: { kind: 'wait', for: 'remedy' },
  resume: { kind: 'resume' },
  undo: { kind: 'undo' },
  'to ann': { kind: 'assign', to: 'ann', isSenior: false },
  'to sue': { kind: 'assign', to: 'sue', isSenior: true },
  'sleep 30m': { kind: 'snooze', until: past(30) },
  'sleep 2h': { kind: 'snooze', until: past(120) },
  group: { kind: 'group', incident: 'outage' },
  'tell next': { kind: 'escalate', step: 'acknowledge', to: 'next person' },
  'tell manager': { kind: 'escalate', step: 'acknowledge', to: 'manager' },
  letter: { kind: 'send letter', pack: 'own', letter: 'acknowledgement', language: 'nl' },
  'refund duty': { kind: 'do duty', pack: 'eu-consumer', step: 'refund' },
  'apply gdpr': { kind: 'apply regime', pack: 'gdpr', event: 'request.received', since: opened },
}

const minutesOf = (text: string): number => {
  const amount = Number.parseFloat(text)
  return text.endsWith('d')
    ? amount * 1_440
    : text.endsWith('h')
      ? amount * 60
      : text.endsWith('s')
        ? amount / 60
        : amount
}

/** Lines of `time who command -> answer`: the facts told to the customer's log, `kept`, or why not. Answers the case. */
export function play(lines: string, from = opening()): RecoveryCase {
  let state = initial(from)
  for (const [index, line] of lines.trim().split('\n').entries()) {
    const [given = '', expected = ''] = line.split('->').map((part) => part.trim())
    const [time = '', who = '', ...words] = given.split(/\s+/)
    const [actor, command] = [actors[who], commands[words.join(' ')]]
    if (actor === undefined || command === undefined) throw new Error(`no such line: ${line}`)
    const found = decide(
      state,
      { id: `${index + 1}`, actor, command, revision: null, now: past(minutesOf(time)) },
      policy,
    )
    const answer =
      found.kind === 'refused'
        ? [found.because, found.step].filter((word) => word !== undefined).join(' ')
        : found.facts.map(({ type }) => type).join(' + ') || 'kept'
    expect(answer, line).toBe(expected)
    if (found.kind === 'decided') {
      check(found.next)
      state = found.next
    }
  }
  return state
}

export const toFixed = `
  5m  ann acknowledge -> failure.acknowledged
  6m  ann own         -> failure.owned
  7m  ann apologise   -> failure.apologised
  9m  she agree       -> promise.made
  1d  ann fix         -> failure.fixed + promise.kept
`
export const toClosed = `${toFixed.trimEnd()}
  25h she yes   -> failure.confirmed
  26h ann close -> failure.closed
`

/** Any command by anybody, or the next step by a senior person, some time after the one before. */
const anyAsk = fc.record({
  name: fc.oneof(fc.constantFrom(...Object.keys(commands)), fc.constant('onward')),
  who: fc.constantFrom(...Object.keys(actors)),
  minutes: fc.nat(1_500),
})

// Latest first: a remedy can be agreed anew until it is fixed.
const onward = ['follow', 'close', 'yes', 'pay 50', 'fix', 'agree undated', 'apologise', 'own', 'acknowledge']

/** What was answered to each of a random run of commands, with the case before it. */
export const anyRun = fc.array(anyAsk, { minLength: 10, maxLength: 60 }).map((asks) => {
  let state = initial(opening())
  let now: Instant = opened
  return asks.map(({ name, who, minutes }, index) => {
    now = instant(now + minutes * MINUTE_MS)
    const was = state
    const answers = (name === 'onward' ? onward : [name]).map((one) => {
      const [actor, command] = [actors[name === 'onward' ? 'sue' : who], commands[one]]
      if (actor === undefined || command === undefined) throw new Error(one)
      return decide(was, { id: `${index}`, actor, command, revision: was.revision, now }, policy)
    })
    const found = answers.find(({ kind }) => kind === 'decided') ?? answers[0]
    if (found === undefined) throw new Error(name)
    if (found.kind === 'decided') state = found.next
    return { was, found }
  })
})
