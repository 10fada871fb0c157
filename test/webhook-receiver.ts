import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'

/** A request as it came. */
export type ReceivedWebhook = Readonly<{ path: string; headers: IncomingHttpHeaders; body: string }>

/** A real HTTP server that keeps what it was sent, and answers what a test says. */
export type WebhookReceiver = Readonly<{
  url: string
  port: number
  received: readonly ReceivedWebhook[]
  answer: { status: number; headers: Record<string, string>; body: string }
  close: () => void
}>

/** Starts a receiver on a free port. */
export async function webhookReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedWebhook[] = []
  const answer: WebhookReceiver['answer'] = { status: 204, headers: {}, body: '' }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    received.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') })
    response.writeHead(answer.status, answer.headers)
    response.end(answer.body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    port: address.port,
    received,
    answer,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
