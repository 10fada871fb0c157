import { instant, rfc3339 } from '../core/time/instant.ts'

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
  return command(`${origin}/v1/events`, `-H 'authorization: Bearer ${key}'`, event)
}

/** A command that asks whether a customer may be contacted. The key is a variable: none is made for it. */
export const contactCurlOf = (origin: string, question: object): string =>
  command(`${origin}/v1/decisions/contact`, '-H "authorization: Bearer $KEY"', question)

// Within single quotes a shell reads everything as it stands but the quote itself.
const command = (address: string, authorization: string, body: object): string =>
  [
    `curl ${address}`,
    authorization,
    `-H 'content-type: application/json'`,
    `-d '${JSON.stringify(body).replaceAll("'", "'\\''")}'`,
  ].join(' \\\n  ')
