import { instant, rfc3339 } from '../core/instant.ts'

/** A command for a terminal that sends one order of one customer; it works as it stands, once pasted. */
export function curlOf(origin: string, key: string, now: number): string {
  const event = {
    id: `first-${now}`,
    source: 'terminal',
    customer: 'customer-1',
    type: 'order.placed',
    at: rfc3339(instant(now)),
    data: { order: 'order-1', value: 4995, currency: 'EUR' },
  }
  return [
    `curl ${origin}/v1/events`,
    `-H 'authorization: Bearer ${key}'`,
    `-H 'content-type: application/json'`,
    `-d '${JSON.stringify(event)}'`,
  ].join(' \\\n  ')
}
