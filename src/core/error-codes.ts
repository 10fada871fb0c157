/**
 * The closed list of refusals that travel: HTTP status, whether a person of ours must look, and a title.
 * `docs/errors.md` explains each; a test compares the two, both ways.
 */
export const errorCodes = {
  'body-malformed': { status: 400, report: false, title: 'The body is not readable' },
  'body-too-large': { status: 413, report: false, title: 'The body is over its limit' },
  'media-type-unsupported': { status: 415, report: false, title: 'This kind of body is not accepted here' },
  'parameter-malformed': { status: 400, report: false, title: 'A parameter is not readable' },
  'event-malformed': { status: 422, report: false, title: 'A field of the event is not as the vocabulary says' },
  'event-type-unknown': { status: 422, report: false, title: 'The event type is not in the vocabulary' },
  'event-too-large': { status: 422, report: false, title: 'The event is over its limit' },
  'event-in-future': { status: 422, report: false, title: 'The event lies in the future' },
  'event-too-old': { status: 422, report: false, title: 'The event lies before 1970' },
  'currency-unknown': { status: 422, report: false, title: 'The currency is not in ISO 4217' },
  'time-zone-unknown': { status: 422, report: false, title: 'There is no such time zone' },
  'score-out-of-scale': { status: 422, report: false, title: 'The score is outside its scale' },
  'id-reused': { status: 409, report: false, title: 'The id was used before with other content' },
  'key-missing': { status: 401, report: false, title: 'No valid API key or session' },
  'credentials-wrong': { status: 401, report: false, title: 'The e-mail address or password is wrong' },
  'permission-missing': { status: 403, report: false, title: 'The key or role may not do this' },
  'origin-refused': { status: 403, report: false, title: 'The request came from another site' },
  'not-found': { status: 404, report: false, title: 'There is nothing at this address' },
  'method-unknown': { status: 405, report: false, title: 'This address does not take this method' },
  'customer-unknown': { status: 404, report: false, title: 'No event has named this customer' },
  'forecast-missing': { status: 404, report: false, title: 'This forecast has not been made yet' },
  'person-known': { status: 409, report: false, title: 'Somebody has this address already' },
  'person-deactivated': { status: 409, report: false, title: 'This person may not sign in' },
  'last-administrator': { status: 409, report: false, title: 'Nobody would be left to administer' },
  'team-known': { status: 409, report: false, title: 'There is a team of this name already' },
  'link-over': { status: 410, report: false, title: 'The link is unknown, used, or over' },
  'password-weak': { status: 422, report: false, title: 'The password is too easy to guess' },
  'already-set-up': { status: 409, report: false, title: 'There is an administrator already' },
  'idempotency-in-flight': { status: 409, report: false, title: 'The same request is still being worked on' },
  'idempotency-reused': { status: 422, report: false, title: 'The idempotency key was used with another body' },
  'case-unknown': { status: 404, report: false, title: 'There is no such case, or it belongs to another team' },
  'case-refused': { status: 409, report: false, title: 'The protocol does not allow this now' },
  'changed-meanwhile': { status: 412, report: false, title: 'Somebody changed it meanwhile' },
  'policy-refused': { status: 422, report: false, title: 'The rules cannot go live like this' },
  'import-refused': { status: 422, report: false, title: 'The files cannot be imported like this' },
  'not-in-this-state': { status: 409, report: false, title: 'It is in no state for this' },
  'voucher-unknown': { status: 404, report: false, title: 'There is no such voucher' },
  'voucher-kept': { status: 409, report: false, title: 'Amends keeps this voucher itself' },
  'voucher-code-malformed': { status: 422, report: false, title: 'This is no code of a voucher' },
  'voucher-short': { status: 409, report: false, title: 'Not so much is left on the voucher' },
  'gesture-refused': { status: 409, report: false, title: 'This gesture may not be made now' },
  'mail-unconfigured': { status: 409, report: false, title: 'No mail server is named' },
  'address-refused': { status: 422, report: false, title: 'Nothing is sent to such an address' },
  'rate-limited': { status: 429, report: false, title: 'Too many requests' },
  'not-ready': { status: 503, report: false, title: 'The database does not answer' },
  internal: { status: 500, report: true, title: 'Something broke on our side' },
} as const satisfies Readonly<Record<string, Readonly<{ status: number; report: boolean; title: string }>>>

/** One of the closed list of refusals. */
export type ErrorCode = keyof typeof errorCodes

/** True for a code of the list. */
export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorCodes, code)
