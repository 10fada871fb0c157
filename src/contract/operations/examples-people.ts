import type { Link, Person, Staff } from '../people.ts'

/** Somebody of the firm. */
export const personExample: Person = {
  id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  email: 'lead@example.org',
  name: 'Lead',
  role: 'lead',
  teams: [],
  state: 'active',
  invitedUntil: null,
  sessions: 1,
}
/** Everybody, and the teams. */
export const staffExample: Staff = {
  people: [personExample],
  teams: [{ id: '9b2e4f0a-1c55-4a6e-8f0b-6a1d7a7f2c11', name: 'North', people: 6 }],
}
/** A link that works once. */
export const linkExample: Link = {
  person: personExample.id,
  path: `/join#${'a'.repeat(43)}`,
  expiresAt: '2026-03-09T08:00:00.000Z',
}
