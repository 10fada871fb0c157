import { Type } from 'typebox'
import { notedEvent, noteWish } from '../noted-events.ts'
import { key } from './customers.ts'
import type { Operation, Parameter } from './operation.ts'

const tag = 'Customers'
const event: Parameter = {
  name: 'event',
  in: 'path',
  about: 'The id of the event, encoded as one part of the path.',
  schema: Type.String({ minLength: 1, maxLength: 200 }),
  required: true,
  example: 'noted-6f1c2d3e',
}
const source: Parameter = {
  name: 'source',
  in: 'path',
  about: 'The source of the event, encoded as one part of the path.',
  schema: Type.String({ minLength: 1, maxLength: 200 }),
  required: true,
  example: 'hand',
}

/** Events that people write down on the page of a customer, and words that are erased alone. */
export const notedEventOperations: readonly Operation[] = [
  {
    method: 'post',
    path: '/v1/customers/{key}/events',
    id: 'noteEvent',
    tag,
    summary: 'Write down what happened with a customer',
    about:
      'For somebody who was told, or saw it. The event is checked as `POST /v1/events` checks it, comes from the source `hand`, and does what such an event does: a let-down opens its case where that rule is in force. Programs send events with the permission `events.send` instead.',
    permission: 'customers.hear',
    parameters: [key],
    body: {
      kind: 'json',
      schema: noteWish,
      example: { type: 'note.written', data: { text: 'Prefers to be called after six.' } },
    },
    answers: { 201: { about: 'The event.', schema: notedEvent } },
    refusals: [
      'customer-unknown',
      'parameter-malformed',
      'event-malformed',
      'event-too-large',
      'event-in-future',
      'event-too-old',
      'currency-unknown',
    ],
  },
  {
    method: 'delete',
    path: '/v1/customers/{key}/events/{event}',
    id: 'takeBackEvent',
    tag,
    summary: 'Take back what was written down',
    about:
      'Appends `event.retracted`: the event stays in the log and no longer counts. A case that it opened goes with it, unless somebody has worked on it. Only events of the source `hand`: others are taken back where they came from.',
    permission: 'customers.hear',
    parameters: [key, event],
    answers: { 200: { about: 'The event.', schema: notedEvent } },
    refusals: ['customer-unknown', 'not-found', 'not-in-this-state'],
  },
  {
    method: 'delete',
    path: '/v1/customers/{key}/sources/{source}/events/{event}/text',
    id: 'eraseText',
    tag,
    summary: 'Erase the words of one event',
    about: 'For good. What happened stays, without the free text in which it was told.',
    permission: 'customers.erase',
    parameters: [key, source, event],
    answers: { 204: { about: 'No words of it are left.' } },
    refusals: ['customer-unknown'],
  },
]
