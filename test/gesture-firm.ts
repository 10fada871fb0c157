import { expect } from 'vitest'
import { type GestureRule, type GestureRules, gestureRulesAtFirst } from '../src/core/gestures/gesture-rules.ts'
import type { Moment } from '../src/core/gestures/told-moment.ts'
import { DAY_MS, type Instant, instant, instantOf, rfc3339 } from '../src/core/time/instant.ts'
import { planGestures } from '../src/flows/act/gestures/plan-gestures.ts'
import { listMessages } from '../src/store/messages.ts'
import { readSecret } from '../src/store/secret.ts'
import { freshDb } from './fresh-db.ts'
import type { Told } from './tell.ts'
import { testApi } from './test-api.ts'

/** What is changed of the rules at first; a rule that is named is on. */
type Change = Readonly<{ rules?: Partial<Record<Moment, Partial<GestureRule>>> }> & Partial<Omit<GestureRules, 'rules'>>

/** The rules at first with what is changed. */
export const gesturePolicy = ({ rules = {}, ...more }: Change): GestureRules => {
  const policy = structuredClone({ ...gestureRulesAtFirst, ...more }) as { rules: Record<string, object> }
  for (const [of, part] of Object.entries(rules)) Object.assign(policy.rules[of] ?? {}, { on: true, ...part })
  return policy as unknown as GestureRules
}

/** A firm in a database of its own that can send mail and makes gestures by rules of its own; time passes when a test says so. */
export async function gestureFirm() {
  const { db } = await freshDb(12)
  let now: Instant = instantOf('2026-06-15T10:00:00Z')
  const mail = { smtpUrl: 'smtp://localhost:1', from: 'service@firm.example' }
  const api = await testApi(db, { world: { now: () => now, mail, publicUrl: 'https://firm.example' } })
  const { ask, world } = api
  // With this secret the lot holds out none of those who are named alone in these tests.
  await readSecret(db, 'hold-out', () => 'secret 5')
  const on = (days: number): string => rfc3339(instant(now + days * DAY_MS))
  const dayIn = (days: number): string => `${on(days).slice(0, 10)}T00:00:00Z`
  const pass = (days: number): void => {
    now = instant(now + days * DAY_MS)
  }
  let version = 0
  const save = (policy: unknown) =>
    ask('PUT', '/v1/policies/gesture', {
      headers: { 'if-match': `"${version}"` },
      body: { policy, note: 'for a test' },
    })
  /** Makes rules live, of which almost nobody is held out. */
  async function rules(changed: Change): Promise<void> {
    const policy = gesturePolicy({ holdOutShare: 0.05, ...changed })
    expect(await save(policy)).toMatchObject({ status: 200, json: { version: version + 1, policy } })
    version += 1
    await planGestures(world, { after: '' })
  }
  /** A customer who can be reached by mail and ordered two months ago. */
  const person = (customer: string, more: object = {}): readonly Told[] => [
    {
      customer,
      type: 'customer.profiled',
      at: on(-90),
      data: { email: `${customer}@example.org`, locale: 'nl', ...more },
    },
    { customer, type: 'order.placed', at: on(-60), data: { order: 'o', value: 5_000 } },
  ]
  /** A moment that is told now and is in so many days; null without its day. */
  const moment = (customer: string, kind: string, days: number | null, more: Partial<Told> = {}): Told => ({
    ...{ customer, type: 'moment.told', at: on(0), data: { kind, ...(days === null ? {} : { on: dayIn(days) }) } },
    ...more,
  })
  const mailsTo = async (customer: string) => listMessages(db, { state: null, before: null, limit: 9, customer })
  const madeTo = (customer: string) =>
    db.query<{ data: Record<string, unknown> }>(
      `select data from events where customer = $1 and type = 'gesture.made' order by at, id`,
      [customer],
    )
  return { ...api, db, on, pass, save, rules, person, moment, mailsTo, madeTo }
}
