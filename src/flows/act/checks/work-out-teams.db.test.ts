import { expect, test } from 'vitest'
import { freshDb } from '../../../../test/fresh-db.ts'
import { testApi } from '../../../../test/test-api.ts'
import type { TeamList } from '../../../contract/teams.ts'
import { DAY_MS, type Instant, instant } from '../../../core/time/instant.ts'
import { addTeam } from '../../../store/staff.ts'
import { workOutTeams } from './work-out-teams.ts'

const { db } = await freshDb()
// A Monday morning.
let now: Instant = instant(Date.UTC(2026, 5, 15, 9))
const { ask, asRole, world } = await testApi(db, { world: { now: () => now } })
const parcels = 'c0ffee00-0000-4000-8000-000000000001'
const read = async (): Promise<TeamList> => (await ask('GET', '/v1/teams/figures')).json as unknown as TeamList

test('before anything is worked out there is nothing, and everybody may ask', async () => {
  expect((await ask('GET', '/v1/teams/figures', await asRole('agent'))).json).toMatchObject({ firm: null, teams: [] })
})

test('a team is told of by what its cases came to, in working time, and from five people on', async () => {
  await addTeam(db, parcels, 'Parcels')
  const lead = await asRole('lead')
  const ids: string[] = []
  for (let place = 0; place < 32; place += 1) {
    const body = { customer: `c${place}`, severity: 'minor', category: 'other', atFault: 'firm', team: parcels }
    await ask('POST', '/v1/events', {
      body: {
        id: `o${place}`,
        customer: `c${place}`,
        type: 'order.placed',
        at: new Date(now).toISOString(),
        data: { order: `o${place}` },
      },
    })
    const opened = await ask('POST', '/v1/cases', { ...lead, body })
    expect(opened.status).toBe(201)
    ids.push(String(opened.json.id))
  }
  // Half are acknowledged after 30 working minutes, half after a night and a day: 510 and 30 more.
  const acknowledge = async (some: readonly string[]) => {
    for (const id of some) {
      const { status } = await ask('POST', `/v1/cases/${id}/commands`, { ...lead, body: { kind: 'acknowledge' } })
      expect(status).toBe(200)
    }
  }
  now = instant(now + 30 * 60_000)
  await acknowledge(ids.slice(0, 16))
  now = instant(now + DAY_MS)
  await acknowledge(ids.slice(16))
  await db.query(
    `insert into case_approvals (customer, case_id, id, asked_by, role, team, remedy, asked_at, state, answered_at)
     select customer, id, gen_random_uuid(), 'x', 'agent', team, '{}', opened_at, 'approved', opened_at + interval '2 hours'
       from cases where id = $1`,
    [ids[0]],
  )
  now = instant(now + 20 * DAY_MS)
  await workOutTeams(world)
  expect(await read()).toMatchObject({ firm: { cases: 32 }, teams: [], untold: 0 })

  for (let person = 0; person < 5; person += 1) {
    await db.query(`insert into people (email, name, role) values ($1, 'Simulated', 'agent')`, [
      `t${person}@example.org`,
    ])
  }
  await db.query(
    `insert into team_members (team, person) select '${parcels}', id from people where email like 't%@example.org'`,
  )
  await workOutTeams(world)
  const { teams, firm } = await read()
  expect(teams).toMatchObject([
    {
      name: 'Parcels',
      people: 5,
      cases: 32,
      figures: {
        solvedAtFirst: { value: 0, count: 32 },
        acknowledgedMinutes: { value: (30 + 540) / 2, sameMix: (30 + 540) / 2 },
        waitedMinutes: { value: 120 / 32 },
        promisesKept: null,
      },
    },
  ])
  expect(teams[0]?.figures).toEqual(firm?.figures)
})

test('young cases wait for their two weeks, old ones are left behind', async () => {
  now = instant(now + 100 * DAY_MS)
  await workOutTeams(world)
  expect(await read()).toMatchObject({ firm: { cases: 0, figures: { solvedAtFirst: null } }, teams: [] })
})
