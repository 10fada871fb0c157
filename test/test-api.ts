import { commandLine } from '../src/core/people/actor.ts'
import type { Role } from '../src/core/people/permissions.ts'
import { scopes as everyScope, type Scope } from '../src/core/people/scopes.ts'
import type { World } from '../src/flows/world.ts'
import { makeKey, openSession } from '../src/main/admission.ts'
import { httpApp } from '../src/main/server.ts'
import type { Db } from '../src/store/db.ts'
import { savePerson } from '../src/store/people.ts'
import { testWorld } from './test-world.ts'

/** What a test sends: a body that is no text or bytes travels as JSON. */
export type Sent = Readonly<{ key?: string | null; headers?: Readonly<Record<string, string>>; body?: unknown }>

/** A line of the log, as it was written. */
export type LogLine = Readonly<{ facts: Readonly<Record<string, unknown>>; sentence: string }>

const HOST = 'amends.test'

/** The HTTP surface around a real database, with one key that has every scope, and what was logged. */
export async function testApi(db: Db, options: Readonly<{ ratePerMinute?: number; world?: Partial<World> }> = {}) {
  const lines: LogLine[] = []
  const write = (facts: LogLine['facts'], sentence: string): void => {
    lines.push({ facts, sentence })
  }
  const world: World = { ...testWorld(db), log: { info: write, error: write }, ...options.world }
  const app = await httpApp(world, {
    ratePerMinute: options.ratePerMinute ?? 1_000_000,
    trustedProxies: { trusts: () => false },
  })
  const keyFor = async (...scopes: readonly Scope[]): Promise<string> =>
    (await makeKey({ ...world, db }, commandLine, 'test', scopes)).key
  const all = await keyFor(...everyScope)
  /** Somebody of this role who has just signed in: what to send so that she asks. Each role is one person. */
  const asRole = async (role: Role) => {
    const passwordHash = 'nobody signs in with this'
    const email = `${role}@roles.example.org`
    const person = await savePerson(db, { email, name: `Simulated ${role}`, role, passwordHash })
    return { key: null, headers: { cookie: `amends_session=${await openSession(db, person, 'test')}` } }
  }

  const send = async (
    method: string,
    path: string,
    { key = all, headers = {}, body }: Sent = {},
  ): Promise<Response> => {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof ReadableStream
    const sent: Record<string, string> = { host: HOST, ...headers }
    if (key !== null) sent.authorization = `Bearer ${key}`
    if (body !== undefined && !isRaw) sent['content-type'] ??= 'application/json'
    const init = {
      method,
      headers: sent,
      ...(body === undefined ? {} : { body: (isRaw ? body : JSON.stringify(body)) as string }),
    }
    return app.request(new Request(`http://${HOST}${path}`, { ...init, duplex: 'half' } as RequestInit))
  }
  /** As `send`; the answer is read as JSON, and one that is something else, such as CSV, as nothing. */
  const ask = async (method: string, path: string, sent: Sent = {}) => {
    const response = await send(method, path, sent)
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    const json: Record<string, unknown> = isJson && text !== '' ? JSON.parse(text) : {}
    return { status: response.status, json, headers: response.headers }
  }
  return { app, world, lines, all, keyFor, asRole, send, ask }
}
