import pg from 'pg'
import { expect, test } from 'vitest'
import { isConnectionLost } from './db.ts'

const said = (code: string, message: string): Error =>
  Object.assign(new pg.DatabaseError(message, message.length, 'error'), { code })

test.each([
  ['08006', 'connection to the remote node worker-1:5432 failed with the following error: timeout expired'],
  ['08001', 'could not connect to any active placements'],
  ['57P01', 'beendet durch Administrator'],
  ['57P03', 'the database system is starting up'],
])('%s says that somebody is away: %s', (code, message) => {
  expect(isConnectionLost(said(code, message))).toBe(true)
})

test.each([
  ['23505', 'duplicate key value violates unique constraint "events_pkey_102008"'],
  ['22P05', 'unsupported Unicode escape sequence'],
  ['57014', 'canceling statement due to user request'],
])('%s does not: %s', (code, message) => {
  expect(isConnectionLost(said(code, message))).toBe(false)
})
