import { assert } from '../assert.ts'

/** Everything that the audit log can say was done. Whoever adds a flow that changes something adds its line here. */
export const auditActions = [
  'installation.set-up',
  'session.started',
  'sessions.ended',
  'person.invited',
  'person.link-made',
  'person.joined',
  'person.added',
  'person.changed',
  'person.password-changed',
  'person.deactivated',
  'person.reactivated',
  'team.created',
  'team.removed',
  'key.created',
  'key.revoked',
  'settings.changed',
  'import.started',
  'demo.started',
  'task.cancelled',
  'customer.erased',
  'customer.exported',
  'customer.profiling-refused',
  'customer.profiling-allowed',
  'customer.moment-told',
  'customer.moment-taken-back',
  'customer.event-noted',
  'customer.event-taken-back',
  'customer.text-erased',
  'customer.words-removed',
  'request.answered',
  'request.refused',
  'request.extended',
  'model.fit-started',
  'message.sent-again',
  'message.held-back',
  'address.let-in',
  'webhook.added',
  'webhook.changed',
  'webhook.removed',
  'webhook.secret-changed',
  'webhook.replayed',
  'policy.changed',
  'round.opened',
  'round.closed',
  'round.reopened',
  'idea.noted',
  'idea.answered',
  'gesture.given',
  'gesture.made',
  'gesture.not-done',
  'gesture.to-do',
  'exit.taken',
  'exit.matched',
  'exit.settled',
  'exit.data-handed-over',
  'case.opened',
  'case.changed',
  'case.noted',
  'incident.opened',
  'incident.changed',
  'incident.customers-added',
  'incident.step-asked',
  'incident.step-answered',
  'incident.step-undone',
  'remedy.approved',
  'remedy.refused',
  'voucher.issued',
  'voucher.refunded',
  'voucher.extended',
  'voucher.cancelled',
  'voucher.paid-out',
  'voucher.undone',
  'trait.turned-on',
  'trait.turned-off',
  'trait.uploaded',
] as const
/** One of the closed list of actions. */
export type AuditAction = (typeof auditActions)[number]

/** The kinds of things that an action can be about. */
export const auditKinds = [
  'person',
  'team',
  'key',
  'settings',
  'task',
  'customer',
  'webhook',
  'policy',
  'case',
  'incident',
  'round',
  'voucher',
  'trait',
] as const

/** What an action was about. The id of a customer is the firm's own key, which erasure leaves too. */
export type AuditSubject = Readonly<{ kind: (typeof auditKinds)[number]; id: string }>

/** What is worth knowing of an action: numbers, yes or no, and codes. Free text is refused: it could not be erased. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null>>

/** An entry as it is hashed: everything but the hash itself. */
export type AuditEntry = Readonly<{
  position: number
  /** RFC 3339 in UTC, with milliseconds. */
  at: string
  actor: string
  action: string
  subjectKind: string
  subject: string
  details: string
}>

const CODE = /^[A-Za-z0-9][\w.:,+/-]{0,99}$/

/** The details as canonical JSON: names in order, nothing that is not a code. Fails over free text, a bug of ours. */
export function auditDetailsText(details: AuditDetails): string {
  const named = Object.entries(details).sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [name, value] of named)
    assert(
      typeof value !== 'string' || value === '' || CODE.test(value),
      `the audit log takes codes, and "${name}" is a text`,
    )
  return JSON.stringify(Object.fromEntries(named))
}

/** What is hashed after the hash of the entry before: canonical JSON, a list in a fixed order. */
export const auditHashedText = ({ position, at, actor, action, subjectKind, subject, details }: AuditEntry): string =>
  JSON.stringify([position, at, actor, action, subjectKind, subject, details])
