import { Type } from 'typebox'
import { gestureGiven, gestureList, gestureOverview, gesturePreview, gestureStep, gestureWish } from '../gestures.ts'
import { key } from './customers.ts'
import type { Operation, Parameter } from './operation.ts'

const tag = 'Gestures'

const id: Parameter = {
  name: 'id',
  in: 'path',
  about: 'The gesture.',
  schema: Type.String({ format: 'uuid' }),
  required: true,
  example: '6f1f0f4c-2c0b-4a39-9a6e-0a2f6d1d2b3c',
}

/** Gestures: what was given at moments that customers told of, and by hand. */
export const gestureOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/gestures',
    id: 'readGestures',
    tag,
    summary: 'What gestures came to',
    about:
      'Of the last 30 days, for each rule and by hand: how many were given, held out by lot, or refused and why; the budget of the month and what is left; and what those did since who were given one and those held out, each followed for 180 days, with the difference and its 95 % interval.',
    permission: 'gestures.read',
    answers: { 200: { about: 'The figures.', schema: gestureOverview } },
  },
  {
    method: 'get',
    path: '/v1/gestures/list',
    id: 'listGestures',
    tag,
    summary: 'Gestures, newest first',
    about:
      'What is to do, was made, or was given up. Whoever sees only some teams gets what belongs to these and to none.',
    permission: 'gestures.read',
    parameters: [
      {
        name: 'state',
        in: 'query',
        about: 'Tasks that are to do, what was made, or tasks that were given up; all three if left out.',
        schema: Type.Enum(['to-do', 'made', 'not-done'] as const),
        example: 'to-do',
      },
      { name: 'customer', in: 'query', about: 'Those of one customer.', schema: Type.String(), example: 'C-1001' },
      {
        name: 'limit',
        in: 'query',
        about: 'So many.',
        schema: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
      },
      { name: 'cursor', in: 'query', about: 'Where the page before ended.', schema: Type.String() },
    ],
    answers: { 200: { about: 'The gestures.', schema: gestureList } },
  },
  {
    method: 'post',
    path: '/v1/customers/{key}/gestures',
    id: 'giveGesture',
    tag,
    summary: 'Make a gesture by hand',
    about:
      'Only a person may, within what one gesture may cost, her limits (shared with remedies), and the budgets. Never after an exit notice, never while something is open that it is not about, and once in so many months. The contact policy is asked as for a reward. A refusal says why in `because`.',
    permission: 'gestures.give',
    parameters: [key],
    body: {
      kind: 'json',
      schema: gestureWish,
      example: { gesture: 'card', costMinor: 500, reason: 'She told us about her new shop.' },
    },
    answers: { 201: { about: 'It was made, or is now to do.', schema: gestureGiven } },
    refusals: ['customer-unknown', 'gesture-refused'],
  },
  {
    method: 'post',
    path: '/v1/customers/{key}/gestures/preview',
    id: 'previewGesture',
    tag,
    summary: 'See a gesture before it is made',
    about:
      'The mail as it would be sent, once it was asked whether the gesture may be made. Nothing is stored or sent.',
    permission: 'gestures.give',
    parameters: [key],
    body: {
      kind: 'json',
      schema: gestureWish,
      example: {
        gesture: 'mail',
        costMinor: 0,
        text: 'Good luck with your new shop.',
        reason: 'She told us about it.',
      },
    },
    answers: { 200: { about: 'The mail.', schema: gesturePreview } },
    refusals: ['customer-unknown', 'gesture-refused'],
  },
  {
    method: 'put',
    path: '/v1/customers/{key}/gestures/{id}',
    id: 'stepGesture',
    tag,
    summary: 'Say what became of a task',
    about:
      'A card was written, a call made, or it could not be done; `to-do` takes that back. What was made is an event of the log, and taking it back retracts it. The same again changes nothing.',
    permission: 'gestures.give',
    parameters: [key, id],
    body: { kind: 'json', schema: gestureStep, example: { state: 'made' } },
    answers: { 200: { about: 'Where it stands.', schema: gestureGiven } },
    refusals: ['not-found', 'not-in-this-state', 'gesture-refused'],
  },
]
