import type { Context } from 'hono'
import type { Actor } from '../core/people/actor.ts'
import type { Permission } from '../core/people/permissions.ts'
import type { Colleague } from '../store/people.ts'
import { Refusal } from './respond.ts'

/** Somebody or something that was let in. `name` is for logs and limits; it is no personal data. */
export type Caller = Readonly<{
  name: string
  actor: Actor
  permissions: ReadonlySet<Permission>
  /** Who is signed in; undefined for a key. */
  colleague: Colleague | undefined
}>

/** What a request carries once it is inside. */
export type Entry = { Variables: { caller: Caller | undefined; sessionToken: string | undefined } }

/** Who asks. Refuses when nobody does: a route that is open to everybody has to ask `c.get('caller')` instead. */
export function callerOf(c: Context<Entry>): Caller {
  const caller = c.get('caller')
  if (caller === undefined) throw new Refusal('key-missing', 'Nobody is signed in.')
  return caller
}
