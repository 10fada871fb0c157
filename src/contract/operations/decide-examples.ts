import { contactPolicyAtFirst } from '../../core/contact/contact-policy.ts'
import type { ContactAnswer, PolicyTrial } from '../decide.ts'

/** Values that the documents show. A test checks each against its schema. */

export const contactExample = {
  customer: 'C-1001',
  purpose: 'upsell',
  channel: 'email',
  category: 'insurance',
  reserve: { minutes: 30, id: 'mail-2026-11-1001' },
} as const

/** A no, with its reason. */
export const contactAnswerExample: ContactAnswer = {
  customer: 'C-1001',
  known: true,
  allowed: false,
  spoke: [
    {
      rule: 'open-failure',
      effect: 'blocks',
      until: null,
      reason: 'Was let down on 6 Mar 2026 (delivery), and it is not put right. Only what is owed until then.',
    },
  ],
  holdsUntil: null,
  nextAllowedAt: null,
  policyVersion: 3,
  reservation: null,
}

/** Rules with a reason for the change. */
export const contactPolicyExample = {
  policy: { ...contactPolicyAtFirst, restDays: 60 },
  note: 'Rest for two months, tried on last month.',
}

const heldBack: PolicyTrial['blocked'][number] = {
  customer: 'C-1001',
  offer: 'mail-2026-02-1001',
  at: '2026-02-10T08:00:00.000Z',
  allowedByLive: true,
  allowedByChanged: false,
  rules: ['tolerance'],
}

/** What a change would have done. */
export const policyTrialExample: PolicyTrial = {
  customers: 812,
  sampled: 812,
  messages: 1240,
  blockedByLive: 96,
  blockedByChanged: 131,
  newlyBlocked: 35,
  newlyBlockedShare: { value: 0.0282, low: 0.0204, high: 0.0391 },
  newlyAllowed: 0,
  byRule: [{ rule: 'tolerance', messages: 131 }],
  differing: [heldBack],
  blocked: [heldBack],
}
