import { Hono } from 'hono'
import { inviteBody, type Link, type Person, personBody, type Staff, teamBody } from '../contract/people.ts'
import { callerOf, type Entry } from '../flows/caller.ts'
import { bodyReader } from '../flows/respond.ts'
import type { World } from '../flows/world.ts'
import { listMembers, listTeams, type Member } from '../store/staff.ts'
import { changePerson, createTeam, dropTeam, invite, type MadeLink, renewLink } from './people.ts'

const readInvite = bodyReader(inviteBody)
const readPerson = bodyReader(personBody)
const readTeam = bodyReader(teamBody)

const personView = (member: Member): Person => ({
  id: member.id,
  email: member.email,
  name: member.name,
  role: member.role,
  teams: [...member.teams],
  state: member.state,
  invitedUntil: member.invitedUntil?.toISOString() ?? null,
  sessions: member.sessions,
})

const linkView = ({ person, path, expiresAt }: MadeLink): Link => ({ person, path, expiresAt: expiresAt.toISOString() })

/** People and teams, for whoever looks after them. */
export function peopleRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.get('/people', async (c) => {
    const [people, teams] = [await listMembers(world.db), await listTeams(world.db)]
    const answer: Staff = { people: people.map(personView), teams: [...teams] }
    return c.json(answer)
  })
  routes.post('/people', async (c) =>
    c.json(linkView(await invite(world, callerOf(c).actor, await readInvite(c))), 201),
  )
  routes.put('/people/:id', async (c) =>
    c.json(personView(await changePerson(world, callerOf(c).actor, c.req.param('id'), await readPerson(c)))),
  )
  routes.post('/people/:id/link', async (c) =>
    c.json(linkView(await renewLink(world, callerOf(c).actor, c.req.param('id'))), 201),
  )
  routes.post('/teams', async (c) => {
    const { name } = await readTeam(c)
    const id = await createTeam(world, callerOf(c).actor, name)
    return c.json({ id, name, people: 0 }, 201)
  })
  routes.delete('/teams/:id', async (c) => {
    await dropTeam(world, callerOf(c).actor, c.req.param('id'))
    return c.body(null, 204)
  })
  return routes
}
