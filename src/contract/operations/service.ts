import { Type } from 'typebox'
import { health } from '../operate.ts'
import { status } from '../show.ts'
import { statusExample } from './examples.ts'
import type { Operation } from './operation.ts'

const tag = 'Service'
const ok = { 200: { about: 'All is well.', schema: health, example: { status: 'ok' } } }

/** How the service is, and what it says about itself. */
export const serviceOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/status',
    id: 'readStatus',
    tag,
    summary: 'What is here',
    about: 'The firm, how much is in the log, and whether an administrator has to be named.',
    permission: 'nothing',
    answers: { 200: { about: 'The status.', schema: status, example: statusExample } },
  },
  {
    method: 'get',
    path: '/healthz',
    id: 'isAlive',
    tag,
    summary: 'Is the process alive?',
    about: 'Answers without asking the database.',
    permission: 'nothing',
    answers: ok,
  },
  {
    method: 'get',
    path: '/readyz',
    id: 'isReady',
    tag,
    summary: 'Can requests be served?',
    about: 'Asks the database; 503 while it does not answer.',
    permission: 'nothing',
    answers: ok,
    refusals: ['not-ready'],
  },
  {
    method: 'get',
    path: '/metrics',
    id: 'readMetrics',
    tag,
    summary: 'Metrics for Prometheus',
    about: 'Requests by route and status, events by outcome, and the process itself. No label holds a customer key.',
    permission: 'nothing',
    answers: { 200: { about: 'The metrics.', media: 'text/plain', schema: Type.String() } },
  },
]
