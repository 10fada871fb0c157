import type { SimulatedEvent } from '../src/core/simulated-firm/life.ts'

/** An event as it travels. */
export type SentEvent = Readonly<{
  id: string
  source: string
  customer: string
  type: string
  at: string
  data: Readonly<Record<string, unknown>>
}>

/** What a client learned while it sent. */
export type Tally = Readonly<{
  requests: number
  failures: number
  /** Events that were answered as accepted after their batch had been acknowledged before: they had been lost. */
  lost: readonly string[]
  /** Answers that were neither 'accepted' nor 'repeated'. */
  refused: readonly string[]
}>

/** A client that sends batches until each is acknowledged, and some of them again. */
export type Sender = Readonly<{
  /** Sends everything, over and over from the second round on, until told to end and everything is acknowledged. */
  run: () => Promise<Tally>
  end: () => void
  acknowledged: () => number
}>

const RETRY_MS = 50
const RESEND_SHARE = 0.15

type Answer = Readonly<{ items: readonly Readonly<{ status: string; code?: string; detail?: string }>[] }>

/** Sends to `address()` with a key; a request that has no answer is sent again, as a careful client would. */
export function sender(
  batches: readonly (readonly SentEvent[])[],
  to: Readonly<{ address: () => string; key: string; random: () => number }>,
): Sender {
  const acknowledged = new Set<number>()
  const lost: string[] = []
  const refused: string[] = []
  let requests = 0
  let failures = 0
  let ending = false

  const post = async (index: number): Promise<Answer | undefined> => {
    requests += 1
    try {
      const response = await fetch(`${to.address()}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${to.key}`, 'content-type': 'application/json' },
        body: JSON.stringify(batches[index]),
      })
      if (response.status === 200 || response.status === 207) return (await response.json()) as Answer
      await response.body?.cancel()
    } catch {
      // The server is gone, perhaps with our request: that is what this is about.
    }
    failures += 1
    return undefined
  }

  const deliver = async (index: number): Promise<void> => {
    const before = acknowledged.has(index)
    let answer = await post(index)
    while (answer === undefined) {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
      answer = await post(index)
    }
    acknowledged.add(index)
    for (const [place, { status, code, detail }] of answer.items.entries()) {
      const name = `${batches[index]?.[place]?.type} ${batches[index]?.[place]?.id}`
      if (status === 'accepted' && before) lost.push(name)
      if (status === 'rejected') refused.push(`${name}: ${code} ${detail}`)
    }
  }

  return {
    run: async () => {
      for (let next = 0; !ending || acknowledged.size < batches.length; next += 1) {
        const again = acknowledged.size > 0 && to.random() < RESEND_SHARE
        if (again) await deliver([...acknowledged][Math.floor(to.random() * acknowledged.size)] ?? 0)
        await deliver(next % batches.length)
      }
      return { requests, failures, lost, refused }
    },
    end: () => {
      ending = true
    },
    acknowledged: () => acknowledged.size,
  }
}

/**
 * A firm's events in an order in which they did not happen: neighbours swapped over weeks, with people merged and
 * unmerged, events retracted (some before they arrive), and some told twice within one batch.
 */
export function disordered(events: readonly SimulatedEvent[], random: () => number): readonly SentEvent[] {
  const sent: SentEvent[] = events.map((event) => ({ ...event, source: 'till' }))
  const customers = [...new Set(sent.map(({ customer }) => customer))]
  const pick = <Item>(from: readonly Item[]): Item => from[Math.floor(random() * from.length)] as Item
  const extra: SentEvent[] = []
  for (let count = 0; count < sent.length / 50; count += 1) {
    const { id, customer, at } = pick(sent)
    extra.push({ id: `retract-${count}`, source: 'till', customer, type: 'event.retracted', at, data: { id } })
  }
  for (let count = 0; count < customers.length / 10; count += 1) {
    const { customer, at } = pick(sent)
    const into = pick(customers)
    extra.push({ id: `merge-${count}`, source: 'till', customer, type: 'customer.merged', at, data: { into } })
    if (random() < 0.3) {
      const later = new Date(Date.parse(at) + 86_400_000).toISOString()
      extra.push({ id: `unmerge-${count}`, source: 'till', customer, type: 'customer.unmerged', at: later, data: {} })
    }
  }
  const all = [...sent, ...extra]
  const byTime = all.map((event) => ({ event, key: Date.parse(event.at) + random() ** 4 * 90 * 86_400_000 }))
  const ordered = byTime.sort((a, b) => a.key - b.key).map(({ event }) => event)
  return ordered.flatMap((event) => (random() < 0.02 ? [event, event] : [event]))
}
