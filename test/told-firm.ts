import { expect } from 'vitest'
import type { CasePage } from '../src/contract/cases.ts'
import { DAY_MS, type Instant, instant, instantOf, rfc3339 } from '../src/core/time/instant.ts'
import { watchClocks } from '../src/flows/act/cases/watch-clocks.ts'
import { sendMessage } from '../src/flows/act/messages/send-message.ts'
import { noteTimeZone } from '../src/store/settings.ts'
import { freshDb } from './fresh-db.ts'
import { sendForm } from './leave-by-page.ts'
import { smtpSink } from './smtp-sink.ts'
import { testApi } from './test-api.ts'

async function openFirm() {
  const { db } = await freshDb(12)
  const sink = await smtpSink()
  // A Monday morning.
  let now: Instant = instantOf('2026-06-15T08:00:00Z')
  const mail = { smtpUrl: sink.url, from: 'Service <service@firm.example>' }
  const { ask, send, asRole, world } = await testApi(db, {
    world: { now: () => now, mail, publicUrl: 'https://service.example.org' },
  })
  await db.transaction((tx) => noteTimeZone(tx, 'Europe/Amsterdam'))
  const agent = await asRole('agent')
  const lead = await asRole('lead')
  const later = (ms: number) => {
    now = instant(now + ms)
  }
  const inDays = (days: number) => rfc3339(instant(now + days * DAY_MS))
  let told = 0
  const tell = async (customer: string, type: string, data: object) => {
    told += 1
    const body = { id: `e${told}`, source: 'shop', customer, type, at: rfc3339(now), data }
    expect((await ask('POST', '/v1/events', { body })).json).toMatchObject({ rejected: 0 })
  }
  /** A customer with an address and a case, whose name is answered. */
  async function letDown(customer: string, profile: object = {}): Promise<string> {
    await tell(customer, 'customer.profiled', {
      email: `${customer}@example.org`,
      locale: 'nl',
      name: 'Marieke',
      ...profile,
    })
    const occurred = {
      failure: `f-${customer}`,
      severity: 'major',
      category: 'late delivery',
      loss: 4_000,
      currency: 'EUR',
    }
    await tell(customer, 'failure.occurred', occurred)
    const [row] = await db.query<{ id: string }>('select id from cases where customer = $1', [customer])
    return row?.id ?? ''
  }
  const page = async (id: string): Promise<CasePage> =>
    (await ask('GET', `/v1/cases/${id}`, lead)).json as unknown as CasePage
  const command = (id: string, body: object, sent: object = agent) => {
    later(1_000)
    return ask('POST', `/v1/cases/${id}/commands`, { ...sent, body })
  }
  const telling = (id: string, body: object, sent: object = agent) => {
    later(1_000)
    return ask('POST', `/v1/cases/${id}/tellings`, { ...sent, body })
  }
  /** Sends what is queued, as the worker does, and answers the mails that arrived since. */
  async function delivered(customer: string) {
    const before = sink.taken.length
    const rows = await db.query<{ id: string }>(
      `select id from messages where customer = $1 and state = 'queued' order by created_at`,
      [customer],
    )
    for (const { id } of rows) await sendMessage(world, { customer, id })
    return sink.taken.slice(before)
  }
  return {
    db,
    sink,
    world,
    ask,
    send,
    asRole,
    agent,
    lead,
    now: () => now,
    later,
    inDays,
    letDown,
    page,
    command,
    telling,
    delivered,
  }
}

type Base = Awaited<ReturnType<typeof openFirm>>

/** A firm that tells its customers what becomes of their cases, with a real mail server at the end; its clock stands. */
export async function toldFirm() {
  const base = await openFirm()
  const cases = casesOf(base)
  return { ...base, ...cases }
}

function casesOf({ world, send, inDays, letDown, command, telling, delivered, later }: Base) {
  const pathIn = (text: string | undefined, of: 'case' | 'remedy' | 'answer'): string => {
    const found = new RegExp(`https://service\\.example\\.org(/${of}/[^?\\s]+)\\?lang=nl`).exec(text ?? '')
    if (found?.[1] === undefined) throw new Error(`no ${of} in: ${text}`)
    return found[1]
  }
  const look = async (path: string) => {
    const response = await send('GET', path, { key: null })
    return { status: response.status, text: await response.text() }
  }
  const answer = async (path: string, form: Record<string, string>) => {
    const response = await sendForm(send, path, form)
    return { status: response.status, text: await response.text() }
  }

  const voucherAndGrinder = () => ({
    choices: [
      { what: 'Een nieuwe molen', happens: 'Met de koerier bij u.', fixBy: inDays(5), valueMinor: 0, form: null },
      { what: 'Uw geld terug', happens: 'Op uw rekening.', fixBy: inDays(4), valueMinor: 4_000, form: 'refund' },
    ],
    always: { valueMinor: 500 },
    until: inDays(2),
  })

  /** As far as a remedy can be offered. */
  async function toOffer(customer: string): Promise<string> {
    const id = await letDown(customer)
    expect((await telling(id, { about: 'case.acknowledged', what: 'de koffiemolen' })).status).toBe(200)
    for (const step of [{ kind: 'own' }, { kind: 'apologise', isSpecific: true }])
      expect((await command(id, step)).status).toBe(200)
    await delivered(customer)
    return id
  }

  /** As far as the question whether it is put right; answers its path. */
  async function toQuestion(customer: string): Promise<Readonly<{ id: string; path: string }>> {
    const id = await toOffer(customer)
    const remedy = { what: 'Een nieuwe molen', fixBy: inDays(3), valueMinor: 0, form: null }
    expect((await command(id, { kind: 'agree remedy', remedy })).status).toBe(200)
    expect((await telling(id, { about: 'fix.done', how: 'Vandaag bezorgd.' })).status).toBe(200)
    await delivered(customer)
    later(2 * DAY_MS)
    await watchClocks(world, new AbortController().signal)
    const [question] = await delivered(customer)
    return { id, path: pathIn(question?.text, 'answer') }
  }
  return { pathIn, look, answer, voucherAndGrinder, toOffer, toQuestion }
}
