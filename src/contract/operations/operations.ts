import { Type } from 'typebox'
import { eventsAnswer } from '../answers.ts'
import { accountOperations } from './account.ts'
import { auditOperations } from './audit.ts'
import { caseOperations } from './cases.ts'
import { checkOperations } from './checks.ts'
import { customerSaidOperations } from './customer-said.ts'
import { customerOperations } from './customers.ts'
import { dataRequestOperations } from './data-requests.ts'
import { decideOperations } from './decide.ts'
import { equalityOperations } from './equality.ts'
import { answersExample } from './examples.ts'
import { exitOperations } from './exits.ts'
import { gestureOperations } from './gestures.ts'
import { importOperations } from './import.ts'
import { incidentOperations } from './incidents.ts'
import { inputOperations } from './input.ts'
import { modelOperations } from './models.ts'
import { notedEventOperations } from './noted-events.ts'
import type { Operation } from './operation.ts'
import { outboxOperations } from './outbox.ts'
import { peopleOperations } from './people.ts'
import { rulesOperations } from './rules.ts'
import { serviceOperations } from './service.ts'
import { surveyOperations } from './surveys.ts'
import { tellingOperations } from './tellings.ts'
import { voucherOperations } from './vouchers.ts'

const sendEvents: Operation = {
  method: 'post',
  path: '/v1/events',
  id: 'sendEvents',
  tag: 'Events',
  summary: 'Send events',
  about:
    'One event, an array, `{"events": [...]}`, or NDJSON (one event a line, `application/x-ndjson`), in any order of time. ' +
    'Each event gets its own answer, in the order of the request; what is rejected does not hold up the others. ' +
    'An accepted event is stored, folded, and scored. The pair of `source` and `id` makes sending safe to repeat: ' +
    'the same event again is `repeated`, and the same id with other content is rejected. ' +
    'A single event that is rejected is answered as a problem. Up to 1 MiB and 20,000 events a request, measured unpacked; gzip and deflate are read.',
  permission: 'events.send',
  parameters: [
    {
      name: 'source',
      in: 'query',
      about: 'The source of events that name none.',
      schema: Type.String({ minLength: 1, maxLength: 200, default: 'api' }),
      example: 'shop',
    },
    {
      name: 'strict',
      in: 'query',
      about: 'With `false`, types that are not in the vocabulary are kept as `custom.*`; else they are rejected.',
      schema: Type.Boolean({ default: true }),
      example: true,
    },
    {
      name: 'Content-Encoding',
      in: 'header',
      about: 'How the body is packed.',
      schema: Type.Union([Type.Literal('gzip'), Type.Literal('deflate'), Type.Literal('identity')]),
    },
  ],
  body: { kind: 'events' },
  answers: {
    200: { about: 'Every event was accepted or is a repetition.', schema: eventsAnswer, example: answersExample },
    207: { about: 'Some events were rejected: look at each item.', schema: eventsAnswer },
  },
  refusals: [
    'event-malformed',
    'event-type-unknown',
    'event-too-large',
    'event-in-future',
    'event-too-old',
    'currency-unknown',
    'score-out-of-scale',
    'id-reused',
    'voucher-kept',
  ],
}

/** Everything that can be asked for, in the order in which it is explained. */
export const operations: readonly Operation[] = [
  sendEvents,
  ...customerOperations,
  ...customerSaidOperations,
  ...notedEventOperations,
  ...modelOperations,
  ...checkOperations,
  ...equalityOperations,
  ...decideOperations,
  ...exitOperations,
  ...dataRequestOperations,
  ...surveyOperations,
  ...gestureOperations,
  ...inputOperations,
  ...tellingOperations,
  ...caseOperations,
  ...incidentOperations,
  ...rulesOperations,
  ...voucherOperations,
  ...importOperations,
  ...outboxOperations,
  ...accountOperations,
  ...peopleOperations,
  ...auditOperations,
  ...serviceOperations,
]
