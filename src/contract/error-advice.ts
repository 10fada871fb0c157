import { type ErrorCode, errorCodes } from '../core/error-codes.ts'

/** What a refusal means, where it comes from, and what to do: one text each for the reference page and `docs/errors.md`. */
export type Advice = Readonly<{ meaning: string; cause: string; todo: string }>

/** The advice for every code that travels; a code without advice does not compile. */
export const errorAdvice: Readonly<Record<ErrorCode, Advice>> = {
  'body-malformed': {
    meaning: 'The body could not be read at all, so nothing of it was looked at or stored.',
    cause:
      'It is not JSON, a line of NDJSON is not JSON, it is not UTF-8, or it is not packed the way Content-Encoding says.',
    todo: 'Read the detail: it says where the reading stopped. Serialise with a JSON library and send UTF-8.',
  },
  'body-too-large': {
    meaning: 'The body is over the limit of its route. Nothing of it was stored.',
    cause:
      'A request with events may have 1 MiB and a request of any other kind 256 KiB, both measured unpacked; an upload may have 4 GiB and 100 files.',
    todo: 'Send several smaller requests. For a history, import a file.',
  },
  'media-type-unsupported': {
    meaning: 'The body is of a kind that this route does not read.',
    cause: 'The Content-Type is neither JSON nor NDJSON, or the Content-Encoding is neither gzip nor deflate.',
    todo: 'Send application/json or application/x-ndjson, packed with gzip or not at all.',
  },
  'parameter-malformed': {
    meaning: 'A parameter of the address, a header, or a field of the body is not as the reference says.',
    cause: 'It is missing, of another type, outside its range, or a cursor was used with another search or order.',
    todo: 'Read the detail, and the pointer for the field. A cursor is passed back unchanged with the same other parameters.',
  },
  'event-malformed': {
    meaning:
      'A field of the event is not as the vocabulary says. This event was not stored; others of the same request were.',
    cause:
      'A required field is missing, a field has another type or is out of range, a date does not exist, the data is nested more than 16 levels deep, or a text holds a zero character or half a surrogate pair.',
    todo: 'Correct the field that the pointer names and send the event again with the same id.',
  },
  'event-type-unknown': {
    meaning: 'The type is not in the vocabulary, and the request was strict. This event was not stored.',
    cause: 'A typing error, or a type of your own.',
    todo: 'Use a type of the list. To keep types of your own as custom.* events, which are shown and never used, send with ?strict=false.',
  },
  'event-too-large': {
    meaning: 'The event is over 32 KiB. It was not stored.',
    cause: 'Its data holds documents, long lists, or texts that belong elsewhere.',
    todo: 'Send the fields of the vocabulary, and a reference to the rest.',
  },
  'event-in-future': {
    meaning: 'The event lies more than 10 minutes ahead of the clock of the server. It was not stored.',
    cause: 'A clock that runs ahead, or a local time that was sent as if it were UTC.',
    todo: 'Send the offset of the time zone, set the clock, and send the event again.',
  },
  'event-too-old': {
    meaning: 'The event lies before 1970. It was not stored.',
    cause: 'A date that stands for "not known" in another system, or a year of two digits.',
    todo: 'Send the time when it happened, or leave the event out.',
  },
  'currency-unknown': {
    meaning: 'The currency is not one of ISO 4217.',
    cause: 'A symbol, a name, a currency that is no more, or lower case.',
    todo: 'Send the three capital letters, for example EUR.',
  },
  'time-zone-unknown': {
    meaning: 'The time zone is not in the IANA list. Nothing was changed.',
    cause: 'An abbreviation such as CET, an offset such as +01:00, or a spelling of one system only.',
    todo: 'Send a name of region and city, for example Europe/Amsterdam.',
  },
  'score-out-of-scale': {
    meaning: 'The score of a survey lies outside its scale. The event was not stored.',
    cause: 'The survey has another scale than the usual one of its kind, or min is not below max.',
    todo: 'Send min and max with the score. The usual scales: csat and recovery 1 to 5, ces and attachment 1 to 7, nps 0 to 10, friendliness 1 to 10.',
  },
  'id-reused': {
    meaning: 'An event with this customer, source, and id is in the log with other content. Nothing was overwritten.',
    cause: 'The id is not unique within its source, or an event was changed and sent again.',
    todo: 'Facts are never changed: send a new event with a new id, and event.retracted for the wrong one.',
  },
  'key-missing': {
    meaning: 'The request carries no valid API key and no session.',
    cause: 'The header is missing or misspelt, the key was revoked, or the session is over.',
    todo: 'Send "Authorization: Bearer KEY". Keys are made under Settings or by "amends key create".',
  },
  'credentials-wrong': {
    meaning: 'The e-mail address and the password do not belong together.',
    cause: 'One of the two is wrong. Which one is not told.',
    todo: 'Check both and try again. After 10 tries in a minute the address has to wait.',
  },
  'permission-missing': {
    meaning: 'The key or the role is known and may not do this.',
    cause:
      'The role of the person or the scopes of the key do not hold the permission that the route needs, or a key tries to give away a scope that goes beyond its own.',
    todo: 'Make a key with a scope that the detail names, or ask an administrator for another role.',
  },
  'origin-refused': {
    meaning: 'A write with a session came from a page of another site. Nothing was done.',
    cause: 'A forged request, or a reverse proxy that changes the Host header.',
    todo: 'Machines use an API key. Behind a proxy, pass the Host header on unchanged.',
  },
  'not-found': {
    meaning: 'There is nothing at this address, or no longer.',
    cause: 'The path or the method is not in the reference, or the task, upload, key, or file is gone.',
    todo: 'Compare path and method with the reference. Encode customer keys as one part of a path: a slash becomes %2F.',
  },
  'method-unknown': {
    meaning: 'The address is right and the method is not.',
    cause: 'For example a GET where only POST is taken.',
    todo: 'Use one of the methods that the header Allow lists.',
  },
  'customer-unknown': {
    meaning: 'No event has named this customer.',
    cause: 'The key is misspelt, belongs to another system, or its events have not arrived yet.',
    todo: 'Search with GET /v1/customers, or send the first event of this customer.',
  },
  'person-known': {
    meaning: 'Nobody was invited: the address belongs to somebody, who may have been deactivated.',
    cause: 'An invitation was sent twice, or somebody came back.',
    todo: 'Change the person who has the address, or make a new link for them.',
  },
  'person-deactivated': {
    meaning: 'No link was made: whoever is deactivated could not use it.',
    cause: 'The person was deactivated before.',
    todo: 'Let them in again first, then make a link.',
  },
  'last-administrator': {
    meaning: 'Nothing was changed: after it, nobody could manage people any more.',
    cause: 'The only administrator who can sign in would lose the role or be deactivated.',
    todo: 'Make somebody else an administrator, who has chosen a password, then try again.',
  },
  'team-known': {
    meaning: 'No team was added.',
    cause: 'Two teams of one name could not be told apart.',
    todo: 'Choose another name.',
  },
  'link-over': {
    meaning: 'The link lets nobody in.',
    cause: 'Links work once and for three days; a new one makes the older one useless.',
    todo: 'Ask the administrator for a new link.',
  },
  'password-weak': {
    meaning: 'The password was not taken.',
    cause: 'It is short, among the first that are tried, or repeats the name or the address.',
    todo: 'Choose a few words in a row: easy to remember, hard to guess.',
  },
  'already-set-up': {
    meaning: 'There is an administrator, so the set-up is over.',
    cause: 'Somebody was faster, or the data directory was used before.',
    todo: 'Sign in, or ask the administrator.',
  },
  'idempotency-in-flight': {
    meaning: 'A request with the same Idempotency-Key is still being worked on.',
    cause: 'A retry that did not wait for the first answer.',
    todo: 'Wait as long as Retry-After says, then send the same again: the answer of the first one comes back.',
  },
  'idempotency-reused': {
    meaning: 'The Idempotency-Key was used in the last 24 hours for another request. Nothing was done.',
    cause: 'One key for several requests, or a body that was changed before the retry.',
    todo: 'Use a new key for each new request, and the very same body for a retry.',
  },
  'case-unknown': {
    meaning: 'There is no case of this name that you may see.',
    cause: 'A typing error, or a case of a team that you do not belong to.',
    todo: 'Look in the queue. Agents see the cases of their own teams and those of no team.',
  },
  'case-refused': {
    meaning: 'The protocol of the case, or what you may give, does not allow this now. Nothing was changed.',
    cause: 'The field `because` names the reason, and `detail` says it in words.',
    todo: 'Do the step that comes first, or what the sentence says. The page of the case tells beforehand what is refused.',
  },
  'changed-meanwhile': {
    meaning: 'What was to be changed is not what it was when it was read. Nothing was stored.',
    cause: 'Somebody else changed it first: the version in If-Match is not the current one.',
    todo: 'Read it again, make the change there, and send it with the new ETag.',
  },
  'policy-refused': {
    meaning: 'The rules are readable, but they cannot go live. Nothing was stored.',
    cause: 'A number is outside its range, or a rule would hold back what is owed to a customer.',
    todo: 'Read the detail, and the pointer for the field.',
  },
  'import-refused': {
    meaning: 'The files cannot be imported with this mapping. Nothing was stored.',
    cause: 'A file is empty, broken, or of another layout, or the SQL of the mapping cannot be run or is not allowed.',
    todo: 'Read the detail, choose another mapping, or correct the SQL; POST /v1/imports/preview shows what it gives.',
  },
  'not-in-this-state': {
    meaning: 'What you asked for cannot be done with it as it stands. Nothing was changed.',
    cause: 'Somebody was faster, or it is under way at this moment: a message that is being sent cannot be held back.',
    todo: 'Read it again: the detail and its state say where it stands.',
  },
  'gesture-refused': {
    meaning: 'This gesture may not be made now. Nothing was given.',
    cause:
      'The member `because` says which: a rule of the contact policy, something open, an exit notice, a gesture in the months before, a limit or a budget, or words that hold a condition, an offer or a request for a review.',
    todo: 'Put right what is open first, or wait. Words can be changed.',
  },
  'voucher-unknown': {
    meaning: 'No voucher has this id or code. Nothing moved.',
    cause: 'It was mistyped into another valid form, which is very rare, or it belongs to another system.',
    todo: 'Read the code again from the voucher. After many unknown codes a caller has to wait a minute.',
  },
  'voucher-code-malformed': {
    meaning: 'The text cannot be the code of a voucher: its check symbol does not agree, or it has another length.',
    cause: 'A symbol was mistyped or two were swapped.',
    todo: 'Read the code again. Capitals, spaces and hyphens do not matter; O is read as 0, I and L as 1.',
  },
  'voucher-short': {
    meaning: 'Less is left than was asked for. Nothing moved.',
    cause: 'A part was used or is reserved by a checkout; of a refund: more than was used.',
    todo: 'The detail says how much can be had. Ask for that, and take the rest in another way.',
  },
  'voucher-kept': {
    meaning: 'The event speaks for a voucher whose money Amends keeps in its own ledger.',
    cause:
      'Another system told `voucher.redeemed` or the like of a voucher that was issued here, or took back an event of it.',
    todo: 'Move the voucher under `/v1/vouchers`: the events follow from that. Leave the event out of the batch; the rest of it was taken.',
  },
  'mail-unconfigured': {
    meaning: 'No mail server is named, so nothing can be sent. Messages are kept.',
    cause: 'AMENDS_SMTP_URL and AMENDS_MAIL_FROM are not set.',
    todo: 'Ask the operator to set both and to start again. What was kept is sent when somebody says so.',
  },
  'address-refused': {
    meaning: 'Events are not sent to this address.',
    cause: 'It does not begin with https://, carries a password, or lies in a private network.',
    todo: 'Use a public https address. For your own network the operator sets AMENDS_WEBHOOK_ALLOW_PRIVATE.',
  },
  'forecast-missing': {
    meaning: 'The forecast that was asked for has not been made yet.',
    cause: 'It is made after an import with vouchers and every night, and neither has happened.',
    todo: 'Wait for the task "Forecast", or run `amends liability`.',
  },
  'rate-limited': {
    meaning:
      'Too many requests in a minute, too many tries to sign in, or too many events that wait. Nothing of this request was stored.',
    cause: 'The limit in the header RateLimit-Policy, 6000 a minute unless the operator set another.',
    todo: 'Wait as long as Retry-After says. Send events in batches: a thousand events in one request count once.',
  },
  'not-ready': {
    meaning:
      'The database does not answer. What was answered before is safe; whether this request was stored is not known.',
    cause: 'The database is starting, stopping, or out of reach.',
    todo: 'Send the same again in a moment. The ids of events make that safe, for anything else use an Idempotency-Key.',
  },
  internal: {
    meaning: 'Something broke on our side. The log of the server says what.',
    cause: 'A mistake of ours, or a full disk.',
    todo: 'Send the same again once; if it stays, report it with the lines of the log.',
  },
}

const codes = Object.keys(errorCodes) as readonly ErrorCode[]

/** Every code with all that there is to say about it, in the order of the list. */
export const explainedErrors = codes.map((code) => ({ code, ...errorCodes[code], ...errorAdvice[code] }))
