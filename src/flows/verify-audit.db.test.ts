import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { freshDb } from '../../test/fresh-db.ts'
import { personId } from '../core/ids.ts'
import type { Actor } from '../core/people/actor.ts'
import { audit, auditAll } from '../store/audit.ts'
import { type AuditVerified, verifyAudit } from './verify-audit.ts'

const { db } = await freshDb(10)
const who: Actor = { kind: 'person', id: personId('7c9e6679-7425-40de-944b-e07fc1f90ae7') }
const ENTRIES = 12

beforeEach(async () => {
  await db.transaction((tx) =>
    auditAll(
      tx,
      who,
      Array.from({ length: ENTRIES }, (_, n) => ({
        action: 'key.created',
        subject: { kind: 'key', id: `k${n}` },
        details: { scopes: 'ingest,read', n },
      })),
    ),
  )
})
afterEach(async () => {
  await db.change('delete from audit_entries')
  await db.change(`update audit_head set position = 0, hash = decode(repeat('00', 32), 'hex')`)
})

const positions = async (): Promise<number[]> =>
  (await db.query<{ position: number }>('select position from audit_entries order by 1')).map(
    ({ position }) => position,
  )

describe('the chain', () => {
  test('of an untouched log is whole, and its hash changes with every entry', async () => {
    const before = await verifyAudit(db)
    expect(before).toMatchObject({ kind: 'whole', entries: ENTRIES })
    await db.transaction((tx) => audit(tx, who, 'settings.changed', { kind: 'settings', id: 'firm' }))
    const after = await verifyAudit(db)
    expect(after).toMatchObject({ kind: 'whole', entries: ENTRIES + 1 })
    expect(after).not.toMatchObject({ hash: before.kind === 'whole' ? before.hash : '' })
  })

  test('holds nothing of a transaction that was rolled back', async () => {
    const broken = db.transaction(async (tx) => {
      await audit(tx, who, 'customer.erased', { kind: 'customer', id: 'C-1' })
      throw new Error('the change failed')
    })
    await expect(broken).rejects.toThrow('the change failed')
    expect(await verifyAudit(db)).toMatchObject({ kind: 'whole', entries: ENTRIES })
  })

  test('stays one chain without a gap when many write at once', async () => {
    const writers = Array.from({ length: 40 }, (_, n) =>
      db.transaction((tx) =>
        audit(tx, { kind: 'key', prefix: `${n}` }, 'task.cancelled', { kind: 'task', id: `t${n}` }),
      ),
    )
    await Promise.all(writers)
    expect(await positions()).toEqual(Array.from({ length: ENTRIES + 40 }, (_, n) => n + 1))
    expect(await verifyAudit(db)).toMatchObject({ kind: 'whole', entries: ENTRIES + 40 })
  })

  test('takes codes and no free text', async () => {
    const told = db.transaction((tx) =>
      audit(tx, who, 'person.changed', { kind: 'person', id: 'x' }, { note: 'she asked for it' }),
    )
    await expect(told).rejects.toThrow(/takes codes/)
  })
})

const field = fc.constantFrom('at', 'actor', 'action', 'subject_kind', 'subject', 'details', 'hash')
const place = fc.integer({ min: 1, max: ENTRIES })
const forgery = fc.oneof(
  fc.record({ kind: fc.constant('changed' as const), position: place, field }),
  fc.record({ kind: fc.constant('removed' as const), position: place }),
  fc.record({ kind: fc.constant('inserted' as const), position: place }),
  fc
    .record({ kind: fc.constant('swapped' as const), position: place, other: place })
    .filter(({ position, other }) => position !== other),
)

const newValue = {
  at: `at + interval '1 millisecond'`,
  actor: `actor || 'x'`,
  action: `'key.revoked'`,
  subject_kind: `'team'`,
  subject: `subject || 'x'`,
  details: `details || ' '`,
  hash: `sha256(hash)`,
} as const

type Forgery = typeof forgery extends fc.Arbitrary<infer One> ? One : never

/** The first position that is not as it was written. An entry put in copies its neighbour, which then stands too late. */
function placeOf(done: Forgery): number {
  if (done.kind === 'swapped') return Math.min(done.position, done.other)
  return done.kind === 'inserted' ? done.position + 1 : done.position
}

async function forge(done: Forgery): Promise<void> {
  const { position } = done
  switch (done.kind) {
    case 'changed':
      await db.change(
        `update audit_entries set ${done.field} = ${newValue[done.field as keyof typeof newValue]} where position = $1`,
        [position],
      )
      return
    case 'removed':
      await db.change('delete from audit_entries where position = $1', [position])
      return
    case 'inserted':
      await db.change('update audit_entries set position = -position where position >= $1::bigint', [position])
      await db.change('update audit_entries set position = 1 - position where position < 0')
      await db.change(
        `insert into audit_entries select $1::bigint, at, actor, action, subject_kind, subject, details, hash
           from audit_entries where position = $1::bigint + 1`,
        [position],
      )
      return
    case 'swapped':
      await db.change('update audit_entries set position = -$2::bigint where position = $1::bigint', [
        position,
        done.other,
      ])
      await db.change('update audit_entries set position = $1::bigint where position = $2::bigint', [
        position,
        done.other,
      ])
      await db.change('update audit_entries set position = -position where position < 0')
  }
}

describe('tampering', () => {
  test('is found, whichever entry was changed, removed, inserted, or swapped', async () => {
    await fc.assert(
      fc
        .asyncProperty(forgery, async (done) => {
          await forge(done)
          const verified = await verifyAudit(db)
          const at = placeOf(done)
          expect([verified.kind, verified.kind === 'broken' && verified.position]).toEqual(['broken', at])
        })
        .beforeEach(async () => {
          await db.change('create table if not exists untouched as select * from audit_entries')
          await db.change('delete from audit_entries')
          await db.change('insert into audit_entries select * from untouched')
        }),
      { numRuns: 60 },
    )
    await db.change('drop table untouched')
  })

  test('is found at the end too: entries cut off, entries added, a head that is gone', async () => {
    const broken: AuditVerified = { kind: 'broken', position: ENTRIES, because: 'missing' }
    await db.change('delete from audit_entries where position = $1', [ENTRIES])
    expect(await verifyAudit(db)).toEqual(broken)
    await db.change('update audit_head set position = position - 1')
    expect(await verifyAudit(db)).toMatchObject({ kind: 'broken', because: 'end-differs' })
    await db.change('delete from audit_head')
    expect(await verifyAudit(db)).toMatchObject({ kind: 'broken', because: 'end-differs' })
    await db.change(`insert into audit_head values (true, 0, decode(repeat('00', 32), 'hex'))`)
  })

  test('of the whole chain and its head is found by a hash that was kept elsewhere', async () => {
    const kept = await verifyAudit(db)
    const anchor = { position: ENTRIES, hash: kept.kind === 'whole' ? kept.hash : '' }
    expect(await verifyAudit(db, anchor)).toEqual(kept)
    await db.change('delete from audit_entries')
    await db.change(`update audit_head set position = 0, hash = decode(repeat('00', 32), 'hex')`)
    const rewritten = Array.from({ length: ENTRIES }, (_, n) => ({
      action: 'key.created' as const,
      subject: { kind: 'key' as const, id: `other${n}` },
    }))
    await db.transaction((tx) => auditAll(tx, who, rewritten))
    expect(await verifyAudit(db)).toMatchObject({ kind: 'whole' })
    expect(await verifyAudit(db, anchor)).toEqual({ kind: 'broken', position: ENTRIES, because: 'anchor-differs' })
  })
})
