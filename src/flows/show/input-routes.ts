import { Hono } from 'hono'
import type { IdeaList, InputOverview, MemberList, RoundView } from '../../contract/input.ts'
import { UUID } from '../../core/ids.ts'
import { ideaStates, inputGroups, type memberStates } from '../../core/listening/input-round.ts'
import { instant, rfc3339 } from '../../core/time/instant.ts'
import { countIdeas, type Idea, listIdeas } from '../../store/ideas.ts'
import {
  countMembers,
  findRound,
  type InputRound,
  listMembers,
  listRounds,
  type MemberCount,
} from '../../store/input-rounds.ts'
import { callerOf, type Entry } from '../caller.ts'
import { cursorOf, type DatedPlace, isDatedPlace, placeOf } from '../cursor.ts'
import { oneOf, text, wholeNumber } from '../parameters.ts'
import { Refusal } from '../respond.ts'
import type { World } from '../world.ts'

const PAGE_MAX = 200
const PAGE_AT_FIRST = 50
const CURSOR_LENGTH_MAX = 4_000

/** Reading rounds of advice, who is in them, and ideas. */
export function inputRoutes(world: World): Hono<Entry> {
  const routes = new Hono<Entry>()
  routes.get('/input', async (c) => {
    const rounds = await listRounds(world.db)
    const counts = await countMembers(
      world.db,
      rounds.map(({ id }) => id),
    )
    const overview: InputOverview = {
      rounds: rounds.map((one) => roundView(one, counts)),
      ideas: [...(await countIdeas(world.db))],
      canInvite: world.mail !== undefined && world.publicUrl !== undefined,
    }
    return c.json(overview)
  })
  routes.get('/input/rounds/:id/members', async (c) => {
    const id = c.req.param('id')
    const round = UUID.test(id) ? await findRound(world.db, id) : undefined
    if (round === undefined) throw new Refusal('not-found', 'There is no such round.')
    const list: MemberList = {
      members: (await listMembers(world.db, id)).map(({ customer, name, part, state, changedAt }) => ({
        ...{ customer, name, group: part, state },
        changedAt: changedAt.toISOString(),
      })),
    }
    return c.json(list)
  })
  routes.get('/ideas', async (c) => {
    const limit = wholeNumber(c, 'limit', { atFirst: PAGE_AT_FIRST, max: PAGE_MAX })
    const found = await listIdeas(world.db, {
      state: oneOf(c, 'state', ideaStates),
      before: placeOf(text(c, 'cursor', CURSOR_LENGTH_MAX), isIdeaPlace),
      limit: limit + 1,
    })
    const last = found.length > limit ? found[limit - 1] : undefined
    // What a customer wrote is told to whoever works with cases (trap T22).
    const readsWords = callerOf(c).permissions.has('cases.read')
    const list: IdeaList = {
      ideas: found.slice(0, limit).map((one) => ideaView(one, readsWords)),
      cursor:
        last === undefined
          ? null
          : cursorOf({ at: rfc3339(instant(last.at.getTime())), customer: last.customer, id: last.id }),
    }
    return c.json(list)
  })
  return routes
}

function roundView(round: InputRound, counts: readonly MemberCount[]): RoundView {
  const { openedBy: _openedBy, openedAt, closedAt, quota, ...one } = round
  const of = (group: (typeof inputGroups)[number], state: (typeof memberStates)[number]) =>
    counts.find((some) => some.round === round.id && some.part === group && some.state === state)?.count ?? 0
  return {
    ...one,
    quota: { ...quota },
    openedAt: openedAt.toISOString(),
    closedAt: closedAt === null ? null : closedAt.toISOString(),
    groups: inputGroups.map((group) => ({
      group,
      invited: of(group, 'invited'),
      joined: of(group, 'joined'),
      declined: of(group, 'declined'),
      left: of(group, 'left'),
      given: of(group, 'given'),
    })),
  }
}

const ideaView = (idea: Idea & Readonly<{ name: string | null }>, readsWords: boolean): IdeaList['ideas'][number] => ({
  customer: idea.customer,
  name: idea.name,
  id: idea.id,
  at: idea.at.toISOString(),
  round: idea.round,
  state: idea.state,
  text: readsWords ? idea.text : null,
  answer: idea.answer,
  toldAt: idea.toldAt === null ? null : idea.toldAt.toISOString(),
})

const isIdeaPlace = (value: unknown): value is DatedPlace => isDatedPlace(value) && UUID.test(value.id)
