import { permissionsOfRole } from '../../core/people/permissions.ts'
import type { CustomerList, Status, Task } from '../show.ts'

/** Values that the documents show. A test checks each against its schema. */

export const eventExample = {
  id: 'order-1001',
  source: 'shop',
  customer: 'C-1001',
  type: 'order.placed',
  at: '2026-03-02T09:30:00Z',
  data: { order: '1001', value: 4999, currency: 'EUR' },
} as const

/** An event of a let-down, with free text. */
export const failureExample = {
  id: 'late-1001',
  source: 'shop',
  customer: 'C-1001',
  type: 'failure.occurred',
  at: '2026-03-06T08:00:00Z',
  data: {
    failure: 'late-1001',
    severity: 'major',
    category: 'delivery',
    order: '1001',
    text: 'The parcel is two days late.',
  },
} as const

/** What one accepted event is answered with. */
export const answersExample = { accepted: 1, repeated: 0, rejected: 0, items: [{ status: 'accepted' }] } as const

/** An installation with the demo firm in it. */
export const statusExample: Status = {
  firm: null,
  simulated: true,
  customers: 2000,
  events: 48213,
  asOf: '2026-03-06T08:00:00.000Z',
  timeZone: 'Europe/Amsterdam',
  currency: 'EUR',
  otherCurrencies: [],
  needsAdministrator: false,
  version: '0.1.0',
}

/** A last page with one customer. */
export const customerListExample: CustomerList = {
  customers: [
    {
      customer: 'C-1001',
      name: null,
      segment: 'web',
      since: '2024-05-01T00:00:00.000Z',
      lastAt: '2026-03-06T08:00:00.000Z',
      eventCount: 31,
      goodwill: -0.41,
      stay: { value: 0.74, low: 0.67, high: 0.82 },
      atStake: 2310,
      openFailures: 1,
      doubleDeviation: false,
      left: false,
      scoredAt: '2026-03-06T08:00:00.000Z',
    },
  ],
  cursor: null,
  segments: ['web'],
}

const someId = '00000000-0000-4000-8000-000000000001'

/** An import that is running. */
export const taskExample: Task = {
  id: someId,
  kind: 'import',
  title: 'olist',
  demo: null,
  state: 'running',
  doing: 'events',
  done: 120000,
  total: 500000,
  perSecond: 15000,
  secondsLeft: 25,
  accepted: 119990,
  repeated: 0,
  rejected: 10,
  rejects: `/v1/imports/${someId}/rejects`,
  problem: null,
  because: null,
  startedAt: '2026-03-06T08:00:00.000Z',
  endedAt: null,
}

/** A wish for the demo firm. */
export const demoExample = { kind: 'shop', customers: 2000, months: 18, seed: 1 } as const
/** A wish to look at an upload. */
export const previewExample = { upload: someId, mapping: 'events' } as const
/** A wish to import an upload. */
export const importExample = { upload: someId, name: 'history', mapping: 'events' } as const
/** An upload of one file. */
export const uploadExample = { upload: someId, files: [{ name: 'orders.csv', bytes: 10240 }] } as const
/** A wish to become the first administrator. */
export const setUpExample = {
  email: 'administrator@example.org',
  name: 'Administrator',
  password: 'a long sentence is best',
} as const
/** An attempt to sign in. */
export const signInExample = { email: 'administrator@example.org', password: 'a long sentence is best' } as const
/** Who is signed in. */
export const sessionExample = {
  id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  email: 'administrator@example.org',
  name: 'Administrator',
  role: 'admin',
  permissions: permissionsOfRole('admin'),
  teams: [],
  locale: null,
} as const
/** A wish for a key. */
export const keyExample = { name: 'shop', scopes: ['ingest', 'read'] } as const
/** A key with its secret. */
export const newKeyExample = {
  key: 'amends_0123456789ab_shown-this-once',
  prefix: '0123456789ab',
  name: 'shop',
  scopes: ['ingest', 'read'],
  createdAt: '2026-03-06T08:00:00.000Z',
  lastUsedAt: null,
} as const
/** The settings of a firm. */
export const settingsExample = {
  firm: 'My firm',
  timeZone: 'Europe/Amsterdam',
  currency: 'EUR',
  marginShare: 0.3,
  discountMonthly: 0.008,
} as const
/** What erasing a customer did. */
export const forgottenExample = { customers: ['C-1001'], events: 2, prose: 1 } as const
