import { Type } from 'typebox'

/** What is answered to events, and what is handed out about one customer. */

const itemAnswer = Type.Object(
  {
    status: Type.Union([Type.Literal('accepted'), Type.Literal('repeated'), Type.Literal('rejected')], {
      description: 'Accepted: stored now. Repeated: it was stored before. Rejected: not stored.',
    }),
    code: Type.Optional(Type.String({ description: 'Why it was rejected.' })),
    statusCode: Type.Optional(Type.Integer({ description: 'The status that the event would have got alone.' })),
    pointer: Type.Optional(Type.String({ description: 'JSON pointer of the field within the event.' })),
    detail: Type.Optional(Type.String()),
  },
  { $id: 'ItemAnswer' },
)

/** One answer for each event of a request, in their order. */
export const eventsAnswer = Type.Object(
  {
    accepted: Type.Integer({ minimum: 0 }),
    repeated: Type.Integer({ minimum: 0 }),
    rejected: Type.Integer({ minimum: 0 }),
    items: Type.Array(itemAnswer, { description: 'In the order of the request.' }),
  },
  { $id: 'EventsAnswer' },
)

const storedRows = Type.Array(Type.Record(Type.String(), Type.Unknown()))

/** Everything that is held about a person, as it is stored. */
export const customerExport = Type.Object(
  {
    customer: Type.String(),
    people: Type.Array(Type.String(), { description: 'The customer and everybody merged into it.' }),
    modelVersion: Type.Integer({ description: 'The version of the model that scores.' }),
    relationships: storedRows,
    events: storedRows,
    prose: storedRows,
    searchTerms: storedRows,
    messages: storedRows,
    bouncedAddresses: storedRows,
    webhookDeliveries: storedRows,
    exits: storedRows,
    cases: storedRows,
    caseEntries: storedRows,
    caseNotes: storedRows,
    caseGifts: storedRows,
    caseApprovals: storedRows,
    vouchers: storedRows,
    voucherTransfers: storedRows,
    surveyOccasions: storedRows,
    gestures: storedRows,
    inputMembers: storedRows,
    ideas: storedRows,
  },
  { $id: 'CustomerExport' },
)

/** An event of a type that is not in the vocabulary. */
export const customEvent = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 200, description: 'Unique within its source.' }),
    source: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    customer: Type.String({ minLength: 1, maxLength: 200 }),
    type: Type.String({
      pattern: '^custom\\.',
      maxLength: 100,
      description: 'Kept and shown, never used. Needs `strict=false`.',
    }),
    at: Type.String({ format: 'date-time' }),
    data: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { $id: 'CustomEvent' },
)
